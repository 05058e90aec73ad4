//! Words and sentences that look like a language: few words are said often, many seldom.

/// The words that are said most, in this order.
const OFTEN: &str = "the of and to in is you that it he was for on are as with his they at be this have from or one had by \
    word but not what all were we when your can said there use an each which she do how their if will up other about \
    out many then them these so some her would make like him into time has look two more write go see number no way \
    could people my than first water been call who its now find long down day did get come made may part over new \
    sound take only little work know place year live me back give most very after thing our just name good sentence \
    man think say great where help through much before line right too mean old any same tell boy follow came want \
    show also around form three small set put end does another well large must big even such because turn here why \
    ask went men read need land different home us move try kind hand picture again change off play spell air away \
    animal house point page letter mother answer found study still learn should machine engine number table message \
    room meeting tomorrow nothing anything something release server deploy query index review draft budget";

const SYLLABLES: [&str; 36] = [
    "ba", "con", "der", "en", "fi", "gra", "hel", "in", "jo", "ka", "lo", "me", "nor", "op", "pre", "qui", "ra", "ser",
    "ti", "un", "ver", "wa", "xi", "yo", "za", "tion", "ment", "ing", "est", "ly", "ous", "pro", "dis", "ter", "men",
    "tal",
];

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or_default()
    }

    /// From 0 to 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub struct Language {
    words: Vec<String>,
    /// How often the words up to each are said, summed up (Zipf's law).
    sums: Vec<f64>,
}

impl Language {
    pub fn new() -> Self {
        let mut chance = Chance(20_261_124);
        let mut words: Vec<String> = OFTEN.split_whitespace().map(str::to_owned).collect();
        for _ in 0..30_000 {
            let syllables = 2 + chance.below(3);
            words.push((0..syllables).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect());
        }
        let mut sum = 0.0;
        let sums = (0..words.len()).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        let sums = sums.collect();
        Self { words, sums }
    }

    /// A word, as often as it is said.
    pub fn said(&self, chance: &mut Chance) -> &str {
        let place = chance.part() * self.sums.last().copied().unwrap_or_default();
        let rank = self.sums.partition_point(|sum| *sum < place);
        &self.words[rank.min(self.words.len() - 1)]
    }

    /// Any word that is there.
    pub fn any(&self, chance: &mut Chance) -> &str {
        &self.words[chance.below(self.words.len())]
    }

    /// What someone says: three to thirty words; of fifty, one with a link.
    pub fn sentence(&self, chance: &mut Chance) -> String {
        let mut words: Vec<String> = (0..3 + chance.below(28)).map(|_| self.said(chance).to_owned()).collect();
        if chance.below(50) == 0 {
            words.push(format!("https://example.org/{}", self.any(chance)));
        }
        words.join(" ")
    }
}
