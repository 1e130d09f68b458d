package ancrage.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.tartarus.snowball.ext.CatalanStemmer;

/**
 * Stands in for the part of Elasticsearch's module "analysis-common" that Ancrage's index asks for: that module is
 * in every distribution, but is not published by itself. The same names and the same settings, over the same
 * classes of Lucene; only what search/backends/analysers.py names is here.
 */
public final class LanguageAnalysis extends Plugin implements AnalysisPlugin {

    private static final Map<String, UnaryOperator<TokenStream>> STEMMERS = Map.of(
        "arabic", ArabicStemFilter::new,
        "catalan", tokens -> new SnowballFilter(tokens, new CatalanStemmer()),
        "english", PorterStemFilter::new,
        "possessive_english", EnglishPossessiveFilter::new,
        "light_french", FrenchLightStemFilter::new,
        "light_german", GermanLightStemFilter::new,
        "light_italian", ItalianLightStemFilter::new,
        "light_portuguese", PortugueseLightStemFilter::new,
        "light_spanish", SpanishLightStemFilter::new);

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> filters = new HashMap<>();
        filters.put("asciifolding", always(ASCIIFoldingFilter::new));
        filters.put("arabic_normalization", always(ArabicNormalizationFilter::new));
        filters.put("decimal_digit", always(DecimalDigitFilter::new));
        filters.put("german_normalization", always(GermanNormalizationFilter::new));
        filters.put("elision", AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> filter(name, elision(settings), false)));
        filters.put("stemmer", AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> filter(name, stemmer(settings), false)));
        return filters;
    }

    private static UnaryOperator<TokenStream> elision(Settings settings) {
        List<String> articles = settings.getAsList("articles");
        CharArraySet set = new CharArraySet(articles, settings.getAsBoolean("articles_case", false));
        return tokens -> new ElisionFilter(tokens, set);
    }

    private static UnaryOperator<TokenStream> stemmer(Settings settings) {
        String language = settings.get("language", "english");
        UnaryOperator<TokenStream> stemmer = STEMMERS.get(language);
        if (stemmer == null) {
            throw new IllegalArgumentException("no stemmer for [" + language + "] here; there are " + STEMMERS.keySet());
        }
        return stemmer;
    }

    private static AnalysisProvider<TokenFilterFactory> always(UnaryOperator<TokenStream> made) {
        return (index, environment, name, settings) -> filter(name, made, true);
    }

    /** `normalises`: also applied to the terms of prefix queries, which are not analysed. */
    private static TokenFilterFactory filter(String name, UnaryOperator<TokenStream> made, boolean normalises) {
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TokenStream create(TokenStream tokens) {
                return made.apply(tokens);
            }

            @Override
            public TokenStream normalize(TokenStream tokens) {
                return normalises ? made.apply(tokens) : tokens;
            }
        };
    }
}
