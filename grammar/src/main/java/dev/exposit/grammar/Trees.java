package dev.exposit.grammar;

import dev.exposit.grammar.generated.Characters;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;

/** Parses a text by a generated parser. */
final class Trees {
    private Trees() {}

    /**
     * The parse tree of a text.
     *
     * @param parser makes a grammar's parser
     * @param top calls the parser's top rule
     */
    static <P extends Parser, T> T parse(SourceText text, Function<TokenStream, P> parser, Function<P, T> top) {
        Characters characters = new Characters(text.characters());
        characters.removeErrorListeners();
        P made = parser.apply(new CommonTokenStream(characters));
        made.removeErrorListeners();
        made.setErrorHandler(new BailErrorStrategy());
        try {
            return top.apply(made);
        } catch (ParseCancellationException e) {
            if (e.getCause() instanceof RecognitionException cause) {
                throw wrongCharacter(text, cause.getOffendingToken());
            }
            throw e;
        }
    }

    /** What a rule consists of, in order. */
    static List<ParseTree> children(ParserRuleContext rule) {
        return rule.children == null ? List.of() : rule.children;
    }

    /** The index of a rule's first character. */
    static int at(ParserRuleContext rule) {
        return rule.getStart().getStartIndex();
    }

    private static InvalidExpositionException wrongCharacter(SourceText text, Token token) {
        String got = token.getType() == Token.EOF ? "the end" : "'" + token.getText() + "'";
        return text.error(token.getStartIndex(), got + " cannot stand here");
    }
}
