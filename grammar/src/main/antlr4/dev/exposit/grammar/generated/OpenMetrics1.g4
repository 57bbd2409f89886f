/*
 * OpenMetrics text 1.0.0: the ABNF of the specification, section "ABNF", rule by rule and in its order. Where a rule has
 * another shape than there, a comment says why. Names are the ABNF's with "_" for "-"; rules that the ABNF spells in
 * capitals are characters (Characters.g4) or core rules (Core.g4).
 *
 * What characters alone cannot show stands in the sections behind the ABNF and is checked where families are built: which
 * lines belong to one family, what may stand once only, which numbers are too large.
 */
parser grammar OpenMetrics1;

import Core;

options {
    tokenVocab = Characters;
}

exposition : metricset HASH SP eof LF? EOF ;

/*
 * metricset = *metricfamily, metricfamily = *metric-descriptor *metric, metric = *sample. All three may be empty, so that
 * characters do not tell where one family or metric ends and the next begins: names and labels do.
 */
metricset : (metric_descriptor | sample)* ;

metric_descriptor
    : HASH SP type SP metricname SP metric_type LF
    | HASH SP help SP metricname SP help_string LF
    | HASH SP unit SP metricname SP unit_string LF
    ;

/* *metricname-char, as a rule of its own to be spoken of. */
unit_string : metricname_char* ;

/*
 * The ABNF has escaped-string here, where a double quote must not stand alone. Everybody reads it all the same, and a text
 * for people has but one reading; it is worth a warning.
 */
help_string : (escaped_char | DQUOTE)* ;

metric_type
    : counter | gauge | histogram | gaugehistogram | stateset
    | info | summary | unknown
    ;

sample : metricname labels? SP number (SP timestamp)? exemplar? LF ;

exemplar : SP HASH SP labels SP number (SP timestamp)? ;

labels : '{' (label (COMMA label)*)? '}' ;

label : label_name EQ DQUOTE escaped_string DQUOTE ;

/* Whatever its case. */
number
    : realnumber
    | sign? (inf | infinity)
    | nan
    ;

timestamp : realnumber ;

/*
 * The ABNF has three alternatives that overlap: 1*DIGIT is in the second of them, and so is *DIGIT "." 1*DIGIT if it begins
 * with a digit. Here each number has one.
 */
realnumber
    : sign? digit+ (DOT digit*)? exponent?
    | sign? DOT digit+ exponent?
    ;

/* [ "e" [SIGN] 1*DIGIT ], as a rule of its own; RFC 5234 is case-insensitive. */
exponent : ('e' | 'E') sign? digit+ ;

inf : ('i' | 'I') ('n' | 'N') ('f' | 'F') ;
infinity : inf ('i' | 'I') ('n' | 'N') ('i' | 'I') ('t' | 'T') ('y' | 'Y') ;
nan : ('n' | 'N') ('a' | 'A') ('n' | 'N') ;

eof : 'E' 'O' 'F' ;
type : 'T' 'Y' 'P' 'E' ;
help : 'H' 'E' 'L' 'P' ;
unit : 'U' 'N' 'I' 'T' ;

counter : 'c' 'o' 'u' 'n' 't' 'e' 'r' ;
gauge : 'g' 'a' 'u' 'g' 'e' ;
histogram : 'h' 'i' 's' 't' 'o' 'g' 'r' 'a' 'm' ;
gaugehistogram : gauge histogram ;
stateset : 's' 't' 'a' 't' 'e' 's' 'e' 't' ;
info : 'i' 'n' 'f' 'o' ;
summary : 's' 'u' 'm' 'm' 'a' 'r' 'y' ;
unknown : 'u' 'n' 'k' 'n' 'o' 'w' 'n' ;

sign : MINUS | PLUS ;

metricname : metricname_initial_char metricname_char* ;

metricname_char : metricname_initial_char | digit ;
metricname_initial_char : alpha | UNDERSCORE | COLON ;

label_name : label_name_initial_char label_name_char* ;

label_name_char : label_name_initial_char | digit ;
label_name_initial_char : alpha | UNDERSCORE ;

escaped_string : escaped_char* ;

/* BS "n" is among BS normal-char. What stands behind other backslashes is no escape, and both characters stay. */
escaped_char
    : normal_char
    | BS (DQUOTE | BS)
    | BS normal_char
    ;

/*
 * Any Unicode character except line feed, double quote and backslash. CRLF is no character but the end of a line gone
 * wrong, see Characters.g4.
 */
normal_char : ~(LF | CRLF | DQUOTE | BS) ;
