"""Search backends of `modelsearch`, each of them an engine (`search.engines`) besides."""
