//! Atoms to tokens: every atom, and every pair of touching Han characters at the position of its first.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::{Analysis, Atom, analyse};

/// The tokenizer of all text fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct PairTokenizer;

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = PairTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairTokens {
        PairTokens { analysis: analyse(text), next: 0, pair_is_next: false, token: Token::default() }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct PairTokens {
    analysis: Analysis,
    /// The atom that the next token begins with.
    next: usize,
    /// Whether the atom itself was given and its pair is due.
    pair_is_next: bool,
    token: Token,
}

impl TokenStream for PairTokens {
    fn advance(&mut self) -> bool {
        while let Some(atom) = self.analysis.atoms().get(self.next) {
            if !self.pair_is_next {
                self.pair_is_next = true;
                fill(&mut self.token, atom, atom.source.end, self.analysis.folded(atom));
                return true;
            }
            self.pair_is_next = false;
            self.next += 1;
            let Some(right) = self.analysis.atoms().get(self.next) else { continue };
            if let Some(pair) = self.analysis.pair(atom, right) {
                fill(&mut self.token, atom, right.source.end, pair);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn fill(token: &mut Token, first: &Atom, offset_to: usize, text: &str) {
    token.offset_from = first.source.start;
    token.offset_to = offset_to;
    token.position = first.position;
    token.position_length = 1;
    text.clone_into(&mut token.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_share_the_position_of_their_first_character() {
        let mut tokenizer = PairTokenizer;
        let mut stream = tokenizer.token_stream("公开3项");
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push((token.text.clone(), token.position)));
        let expected = [("公", 0), ("公开", 0), ("开", 1), ("3", 2), ("项", 3)];
        assert_eq!(tokens, expected.map(|(text, position)| (text.to_owned(), position)));
    }
}
