/*
 * The characters that the grammars are made of: a token for each character, and nothing larger. So the grammars can say
 * what the specifications say, character by character, and no rule of a scanner stands between the two.
 *
 * The input is Unicode text; bytes that are no UTF-8 never get here. A character that no grammar speaks of by itself is an
 * OTHER: control characters with NUL among them, most punctuation, all beyond ASCII. Surrogates are no characters.
 */
lexer grammar Characters;

LF : '\n' ;

/*
 * "Line endings MUST be signalled with line feed and MUST NOT contain carriage returns" (OpenMetrics; Prometheus text
 * says no more than that lines end with a line feed). A carriage return before a line feed is a token of its own that no
 * rule knows; elsewhere it is a character like any other.
 */
CRLF : '\r\n' ;

TAB : '\t' ;
SP : ' ' ;
DQUOTE : '"' ;
HASH : '#' ;
PLUS : '+' ;
COMMA : ',' ;
MINUS : '-' ;
DOT : '.' ;
COLON : ':' ;
EQ : '=' ;
AT : '@' ;
LBRACKET : '[' ;
BS : '\\' ;
RBRACKET : ']' ;
UNDERSCORE : '_' ;
LBRACE : '{' ;
RBRACE : '}' ;

ZERO : '0' ;
POSITIVE_DIGIT : [1-9] ;

UPPER_A : 'A' ; UPPER_B : 'B' ; UPPER_C : 'C' ; UPPER_D : 'D' ;
UPPER_E : 'E' ; UPPER_F : 'F' ; UPPER_G : 'G' ; UPPER_H : 'H' ;
UPPER_I : 'I' ; UPPER_J : 'J' ; UPPER_K : 'K' ; UPPER_L : 'L' ;
UPPER_M : 'M' ; UPPER_N : 'N' ; UPPER_O : 'O' ; UPPER_P : 'P' ;
UPPER_Q : 'Q' ; UPPER_R : 'R' ; UPPER_S : 'S' ; UPPER_T : 'T' ;
UPPER_U : 'U' ; UPPER_V : 'V' ; UPPER_W : 'W' ; UPPER_X : 'X' ;
UPPER_Y : 'Y' ; UPPER_Z : 'Z' ;

LOWER_A : 'a' ; LOWER_B : 'b' ; LOWER_C : 'c' ; LOWER_D : 'd' ;
LOWER_E : 'e' ; LOWER_F : 'f' ; LOWER_G : 'g' ; LOWER_H : 'h' ;
LOWER_I : 'i' ; LOWER_J : 'j' ; LOWER_K : 'k' ; LOWER_L : 'l' ;
LOWER_M : 'm' ; LOWER_N : 'n' ; LOWER_O : 'o' ; LOWER_P : 'p' ;
LOWER_Q : 'q' ; LOWER_R : 'r' ; LOWER_S : 's' ; LOWER_T : 't' ;
LOWER_U : 'u' ; LOWER_V : 'v' ; LOWER_W : 'w' ; LOWER_X : 'x' ;
LOWER_Y : 'y' ; LOWER_Z : 'z' ;

OTHER : . ;
