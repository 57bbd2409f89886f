/*
 * OpenMetrics text 2.0.0-rc0: the ABNF of the specification, section "ABNF", rule by rule and in its order. Where a rule has
 * another shape than there, a comment says why. Names are the ABNF's with "_" for "-"; rules that the ABNF spells in
 * capitals are characters (Characters.g4) or core rules (Core.g4).
 *
 * What characters alone cannot show stands in the sections around the ABNF and is checked where families are built: which
 * lines belong to one family, which value fits which type, what may stand once only, which numbers are too large.
 */
parser grammar OpenMetrics2;

import Core;

options {
    tokenVocab = Characters;
}

exposition : metricset HASH SP 'E' 'O' 'F' LF? EOF ;

/*
 * metricset = *metricfamily, metricfamily = *metric-descriptor *sample. Both may be empty, so that characters do not tell
 * where one family ends and the next begins: names do.
 */
metricset : (metric_descriptor | sample)* ;

metric_descriptor
    : HASH SP 'T' 'Y' 'P' 'E' SP (metricname | metricname_utf8) SP metric_type LF
    | HASH SP 'H' 'E' 'L' 'P' SP (metricname | metricname_utf8) SP help_string LF
    | HASH SP 'U' 'N' 'I' 'T' SP (metricname | metricname_utf8) SP unit_string LF
    ;

/* *metricname-char, as a rule of its own to be spoken of. */
unit_string : metricname_char* ;

/*
 * The ABNF has escaped-string here, where a double quote must not stand alone. As in OpenMetrics 1.0 everybody reads it all
 * the same, and a text for people has but one reading; it is worth a warning.
 */
help_string : (escaped_char | DQUOTE)* ;

metric_type
    : 'c' 'o' 'u' 'n' 't' 'e' 'r'
    | 'g' 'a' 'u' 'g' 'e'
    | 'h' 'i' 's' 't' 'o' 'g' 'r' 'a' 'm'
    | 'g' 'a' 'u' 'g' 'e' 'h' 'i' 's' 't' 'o' 'g' 'r' 'a' 'm'
    | 's' 't' 'a' 't' 'e' 's' 'e' 't'
    | 'i' 'n' 'f' 'o'
    | 's' 'u' 'm' 'm' 'a' 'r' 'y'
    | 'u' 'n' 'k' 'n' 'o' 'w' 'n'
    ;

/*
 * "If an exemplar is malformed or invalid, it should be dropped or ignored, allowing the valid metric data to be ingested"
 * (Failure Modes): the one place where a line may go on with something else than the ABNF says. Where one exemplar ends and
 * the next begins cannot be told any more, so the rest of the line goes with it.
 */
sample : metricname_and_labels SP value (SP timestamp)? (SP start_timestamp)? exemplar* malformed_exemplar? LF ;

malformed_exemplar : SP HASH ~(LF | CRLF)* ;

value : number | '{' composite_value '}' ;

timestamp : realnumber ;

start_timestamp : 's' 't' AT timestamp ;

exemplar : SP HASH SP labels_in_braces SP number SP timestamp ;

metricname_and_labels : metricname labels_in_braces? | name_and_labels_in_braces ;
labels_in_braces : '{' (label (COMMA label)*)? '}' ;
name_and_labels_in_braces : '{' metricname_utf8 (COMMA label)* '}' ;

label : label_key EQ DQUOTE escaped_string DQUOTE ;

/* Whatever its case. */
number
    : realnumber
    | sign? (inf | infinity)
    | nan
    ;

inf : ('i' | 'I') ('n' | 'N') ('f' | 'F') ;
infinity : inf ('i' | 'I') ('n' | 'N') ('i' | 'I') ('t' | 'T') ('y' | 'Y') ;
nan : ('n' | 'N') ('a' | 'A') ('n' | 'N') ;

/*
 * The ABNF has *DIGIT "." 1*DIGIT in the second alternative, which overlaps with the first if it begins with a digit. Here
 * each number has one.
 */
realnumber
    : sign? digit+ (DOT digit*)? exponent?
    | sign? DOT digit+ exponent?
    ;

/* [ "e" [SIGN] 1*DIGIT ], as a rule of its own; RFC 7405 leaves literals without %s case-insensitive. */
exponent : ('e' | 'E') sign? digit+ ;

integer : sign? '0'+ | sign? positive_integer ;
non_negative_integer : PLUS? '0'+ | PLUS? positive_integer ;
positive_integer : '0'* positive_digit digit* ;
positive_digit : POSITIVE_DIGIT ;

sign : MINUS | PLUS ;

metricname : metricname_initial_char metricname_char* ;

metricname_char : metricname_initial_char | digit ;
metricname_initial_char : alpha | UNDERSCORE | COLON ;
metricname_utf8 : DQUOTE escaped_string_non_empty DQUOTE ;

label_key : label_name | DQUOTE escaped_string_non_empty DQUOTE ;
label_name : label_name_initial_char label_name_char* ;

label_name_char : label_name_initial_char | digit ;
label_name_initial_char : alpha | UNDERSCORE ;

escaped_string : escaped_char* ;
escaped_string_non_empty : escaped_char+ ;

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

// ---- Composite values

composite_value : histogram_value | gauge_histogram_value | summary_value ;

// ---- Histograms

histogram_value : h_count COMMA h_sum COMMA histogram_buckets ;
gauge_histogram_value : 'g' h_count COMMA 'g' h_sum COMMA histogram_buckets ;

/* count:x */
h_count : 'c' 'o' 'u' 'n' 't' COLON number ;
/* sum:f, real numbers, infinities and NaN */
h_sum : 's' 'u' 'm' COLON number ;

histogram_buckets : classic_buckets | native_buckets (COMMA classic_buckets)? ;

/* bucket:[…,+Inf:v]; the +Inf bucket is required. */
classic_buckets : 'b' 'u' 'c' 'k' 'e' 't' COLON '[' (ch_le_counts COMMA)? ch_pos_inf_bucket ']' ;
ch_le_counts : (ch_neg_inf_bucket | ch_le_bucket) (COMMA ch_le_bucket)* ;
ch_pos_inf_bucket : PLUS 'I' 'n' 'f' COLON number ;
ch_neg_inf_bucket : MINUS 'I' 'n' 'f' COLON number ;
ch_le_bucket : realnumber COLON number ;

/*
 * schema:3,zero_threshold:1e-128,zero_count:2,negative_spans:[1:1],negative_buckets:[2],positive_spans:[-3:1,2:2],
 * positive_buckets:[3,1,0]
 */
native_buckets
    : nh_schema COMMA nh_zero_threshold COMMA nh_zero_count
      (COMMA nh_negative_spans COMMA nh_negative_buckets)?
      (COMMA nh_positive_spans COMMA nh_positive_buckets)?
    ;

/* schema:i */
nh_schema : 's' 'c' 'h' 'e' 'm' 'a' COLON integer ;
/* zero_threshold:f */
nh_zero_threshold : 'z' 'e' 'r' 'o' UNDERSCORE 't' 'h' 'r' 'e' 's' 'h' 'o' 'l' 'd' COLON realnumber ;
/* zero_count:x */
nh_zero_count : 'z' 'e' 'r' 'o' UNDERSCORE 'c' 'o' 'u' 'n' 't' COLON number ;
/* negative_spans:[1:2,3:4] and positive_spans:[-3:1,2:2] */
nh_negative_spans
    : 'n' 'e' 'g' 'a' 't' 'i' 'v' 'e' UNDERSCORE 's' 'p' 'a' 'n' 's' COLON '[' nh_spans? ']'
    ;
nh_positive_spans
    : 'p' 'o' 's' 'i' 't' 'i' 'v' 'e' UNDERSCORE 's' 'p' 'a' 'n' 's' COLON '[' nh_spans? ']'
    ;
/* Offset and length. The first offset may be negative; from there on the index only rises. */
nh_spans : nh_start_span (COMMA nh_span)* ;
nh_start_span : integer COLON non_negative_integer ;
nh_span : non_negative_integer COLON non_negative_integer ;

/* negative_buckets:[1,2,3] and positive_buckets:[1,2,3] */
nh_negative_buckets
    : 'n' 'e' 'g' 'a' 't' 'i' 'v' 'e' UNDERSCORE 'b' 'u' 'c' 'k' 'e' 't' 's' COLON '[' nh_buckets? ']'
    ;
nh_positive_buckets
    : 'p' 'o' 's' 'i' 't' 'i' 'v' 'e' UNDERSCORE 'b' 'u' 'c' 'k' 'e' 't' 's' COLON '[' nh_buckets? ']'
    ;

nh_buckets : number (COMMA number)* ;

// ---- Summaries

/* count:12.0,sum:100.0,quantile:[0.9:2.0,0.95:3.0,0.99:20.0] */
summary_value : cs_count COMMA cs_sum COMMA cs_quantile ;

/* count:x */
cs_count : 'c' 'o' 'u' 'n' 't' COLON number ;
/* sum:x, real numbers, infinities and NaN */
cs_sum : 's' 'u' 'm' COLON number ;
/* quantile:[…] */
cs_quantile : 'q' 'u' 'a' 'n' 't' 'i' 'l' 'e' COLON '[' cs_q_counts? ']' ;
cs_q_counts : cs_q_count (COMMA cs_q_count)* ;
cs_q_count : realnumber COLON number ;
