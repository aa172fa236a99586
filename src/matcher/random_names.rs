//! The two word lists of Docker's generated container names: `adjective_surname`.
//!
//! moby froze both lists in 2022. The last words of each list come from older releases; old transcripts still have
//! them.

/// Whether Docker can have generated `word`: `admiring_turing` and `admiring_turing3`, but not `admiring_adoring`.
pub(super) fn is_random_name(word: &str) -> bool {
    let word = word.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(word);
    let Some((left, right)) = word.split_once('_') else { return false };
    is_in(LEFT, left) && is_in(RIGHT, right)
}

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|known| known == word)
}

const LEFT: &str = "
    admiring adoring affectionate agitated amazing angry awesome beautiful blissful bold boring brave busy charming
    clever compassionate competent condescending confident cool cranky crazy dazzling determined distracted dreamy
    eager ecstatic elastic elated elegant eloquent epic exciting fervent festive flamboyant focused friendly frosty
    funny gallant gifted goofy gracious great happy hardcore heuristic hopeful hungry infallible inspiring intelligent
    interesting jolly jovial keen kind laughing loving lucid magical modest musing mystifying naughty nervous nice
    nifty nostalgic objective optimistic peaceful pedantic pensive practical priceless quirky quizzical recursing
    relaxed reverent romantic sad serene sharp silly sleepy stoic strange stupefied suspicious sweet tender thirsty
    trusting unruffled upbeat vibrant vigilant vigorous wizardly wonderful xenodochial youthful zealous zen
    backstabbing berserk cocky desperate drunk evil furious gigantic gloomy grave high insane kickass lonely mad
    prickly sick small tiny
";

const RIGHT: &str = "
    agnesi albattani allen almeida antonelli archimedes ardinghelli aryabhata austin babbage banach banzai bardeen
    bartik bassi beaver bell benz bhabha bhaskara black blackburn blackwell bohr booth borg bose bouman boyd
    brahmagupta brattain brown buck burnell cannon carson cartwright carver cerf chandrasekhar chaplygin chatelet
    chatterjee chaum chebyshev clarke cohen colden cori cray curie curran darwin davinci dewdney dhawan diffie
    dijkstra dirac driscoll dubinsky easley edison einstein elbakyan elgamal elion ellis engelbart euclid euler
    faraday feistel fermat fermi feynman franklin gagarin galileo galois ganguly gates gauss germain goldberg
    goldstine goldwasser golick goodall gould greider grothendieck haibt hamilton haslett hawking heisenberg hellman
    hermann herschel hertz heyrovsky hodgkin hofstadter hoover hopper hugle hypatia ishizaka jackson jang jemison
    jennings jepsen johnson joliot jones kalam kapitsa kare keldysh keller kepler khayyam khorana kilby kirch knuth
    kowalevski lalande lamarr lamport leakey leavitt lederberg lehmann lewin lichterman liskov lovelace lumiere
    mahavira margulis matsumoto maxwell mayer mccarthy mcclintock mclaren mclean mcnulty meitner mendel mendeleev
    meninsky merkle mestorf mirzakhani montalcini moore morse moser murdock napier nash neumann newton nightingale
    nobel noether northcutt noyce panini pare pascal pasteur payne perlman pike poincare poitras proskuriakova
    ptolemy raman ramanujan rhodes ride ritchie robinson roentgen rosalind rubin saha sammet sanderson satoshi
    shamir shannon shaw shirley shockley shtern sinoussi snyder solomon spence stonebraker sutherland swanson swartz
    swirles taussig tesla tharp thompson torvalds tu turing varahamihira vaughan villani visvesvaraya volhard
    wescoff wilbur wiles williams williamson wilson wing wozniak wright wu yalow yonath zhukovsky
    minsky stallman
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_name_has_both_halves_in_the_lists() {
        for name in ["admiring_turing", "zen_wu", "nervous_mcclintock7", "condescending_proskuriakova"] {
            assert!(is_random_name(name), "{name}");
        }
        for name in ["admiring_ryan", "server_rumah", "admiring", "_turing", "admiring_", "admiring_turing33", "web"] {
            assert!(!is_random_name(name), "{name}");
        }
    }
}
