//! Text to tokens, in two ways: every atom with every pair of touching Han characters, which decide
//! what is found; and the words that a dictionary cuts, which add to the score.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use duban_segment::Segmenter;

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

/// The words of `analysis`, run by run, each also with the shorter words inside it.
pub(crate) fn words(analysis: &Analysis) -> Vec<String> {
    let segmenter = Segmenter::new();
    let of_run = |run| segmenter.segment_for_search(analysis.run_text(run));
    analysis.runs().flat_map(of_run).map(|word| word.text.to_owned()).collect()
}

/// The tokenizer of the field of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordTokens {
        WordTokens { words: words(&analyse(text)).into_iter(), token: Token::default() }
    }
}

/// The words of one text.
#[derive(Debug)]
pub(crate) struct WordTokens {
    words: std::vec::IntoIter<String>,
    token: Token,
}

impl TokenStream for WordTokens {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text = word;
        // The field keeps frequencies, no places.
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
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
