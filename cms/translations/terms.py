"""Glossary terms in running text: where they stand, and whether their counterparts do. Pure."""
