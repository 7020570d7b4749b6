//! Generates models of any size for benchmarks: the same parameters give the same bytes on every
//! machine.
#![allow(dead_code, reason = "each bench uses its own part")]
#![allow(unreachable_pub, reason = "the benches around it are all that uses it")]

/// The parties of every generated model.
pub const PARTIES: [&str; 4] = ["vendor", "customer", "partner", "platform"];

/// Axes and their values, in words that real matrices use.
const AXES: [(&str, [&str; 10]); 10] = [
    (
        "service_model",
        [
            "on_premises",
            "colocation",
            "iaas",
            "caas",
            "paas",
            "faas",
            "saas",
            "daas",
            "xaas",
            "managed",
        ],
    ),
    (
        "region",
        [
            "us_east",
            "us_west",
            "eu_central",
            "eu_north",
            "eu_west",
            "ap_south",
            "ap_east",
            "sa_east",
            "af_south",
            "me_central",
        ],
    ),
    (
        "plan",
        [
            "free",
            "starter",
            "team",
            "business",
            "enterprise",
            "academic",
            "partner",
            "reseller",
            "government",
            "internal",
        ],
    ),
    (
        "network",
        [
            "public",
            "peered",
            "private",
            "vpn",
            "direct",
            "transit",
            "mesh",
            "isolated",
            "satellite",
            "offline",
        ],
    ),
    (
        "tenancy",
        [
            "shared",
            "pooled",
            "dedicated",
            "single",
            "sovereign",
            "hybrid",
            "edge",
            "lab",
            "sandbox",
            "legacy",
        ],
    ),
    (
        "support",
        [
            "none",
            "basic",
            "standard",
            "advanced",
            "premium",
            "platinum",
            "onsite",
            "follow_sun",
            "named",
            "custom",
        ],
    ),
    (
        "backup",
        [
            "off",
            "daily",
            "hourly",
            "continuous",
            "weekly",
            "monthly",
            "yearly",
            "on_demand",
            "mirrored",
            "vaulted",
        ],
    ),
    (
        "stage",
        [
            "development",
            "testing",
            "staging",
            "production",
            "preview",
            "canary",
            "recovery",
            "training",
            "demo",
            "archive",
        ],
    ),
    (
        "access",
        [
            "anonymous",
            "password",
            "token",
            "certificate",
            "federated",
            "hardware_key",
            "biometric",
            "break_glass",
            "delegated",
            "guest",
        ],
    ),
    (
        "size",
        [
            "nano",
            "micro",
            "small",
            "medium",
            "large",
            "xlarge",
            "huge",
            "giant",
            "fleet",
            "region_wide",
        ],
    ),
];

/// How large a model is.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Number of duties; ten per area.
    pub duties: usize,
    /// How many axes.
    pub axes: usize,
    /// How many values an axis has.
    pub values: usize,
    /// How many claims a duty has.
    pub claims: usize,
    /// Maximum number of axes that a claim tests.
    pub tests: usize,
}

/// Three axes of five values, five claims per duty: the shape used by most benchmarks.
pub fn three_axes(claims: usize) -> Shape {
    Shape {
        duties: claims.div_ceil(5),
        axes: 3,
        values: 5,
        claims: 5,
        tests: 3,
    }
}

/// A linear congruential generator (D. Knuth, "The Art of Computer Programming", volume 2, 3.3.4).
pub struct Dice(u64);

impl Dice {
    /// A random number generator with a fixed seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap_or(0);
        high % sides.max(1)
    }
}

/// A claim: its party, and the values it allows on each axis that it tests.
#[derive(Clone)]
pub struct Claim {
    /// The party's index in [`PARTIES`].
    pub party: usize,
    /// Each axis, and the values allowed on it.
    pub tests: Vec<(usize, Vec<usize>)>,
}

/// The claims of each duty of a model that is complete: the situations of a duty are split
/// repeatedly until there are as many pieces as claims.
pub fn sound(shape: Shape, seed: u64) -> Vec<Vec<Claim>> {
    let mut dice = Dice::new(seed);
    (0..shape.duties).map(|_| tree(shape, &mut dice)).collect()
}

fn tree(shape: Shape, dice: &mut Dice) -> Vec<Claim> {
    let mut pieces = vec![Claim {
        party: 0,
        tests: Vec::new(),
    }];
    while pieces.len() < shape.claims {
        // The piece with the fewest tests can be split most often.
        let Some(at) = (0..pieces.len())
            .filter(|&at| room(&pieces[at], shape).is_some())
            .min_by_key(|&at| pieces[at].tests.len())
        else {
            break;
        };
        let piece = pieces.swap_remove(at);
        let axis = pick_axis(&piece, shape, dice);
        let known = piece.tests.iter().find(|(tested, _)| *tested == axis);
        let values =
            known.map_or_else(|| (0..shape.values).collect(), |(_, values)| values.clone());
        let cut = 1 + dice.below(values.len() - 1);
        for half in [&values[..cut], &values[cut..]] {
            let mut tests: Vec<_> = piece
                .tests
                .iter()
                .filter(|(tested, _)| *tested != axis)
                .cloned()
                .collect();
            tests.push((axis, half.to_vec()));
            pieces.push(Claim { party: 0, tests });
        }
    }
    for piece in &mut pieces {
        piece.party = dice.below(PARTIES.len());
    }
    pieces
}

/// An axis on which a piece can still be split.
fn room(piece: &Claim, shape: Shape) -> Option<usize> {
    (0..shape.axes).find(|&axis| can_cut(piece, shape, axis))
}

fn can_cut(piece: &Claim, shape: Shape, axis: usize) -> bool {
    match piece.tests.iter().find(|(tested, _)| *tested == axis) {
        Some((_, values)) => values.len() > 1,
        None => piece.tests.len() < shape.tests,
    }
}

fn pick_axis(piece: &Claim, shape: Shape, dice: &mut Dice) -> usize {
    let open: Vec<usize> = (0..shape.axes)
        .filter(|&axis| can_cut(piece, shape, axis))
        .collect();
    // Prefers a new axis to a used one, because the benchmark is about conditions on several axes.
    let fresh: Vec<usize> = open
        .iter()
        .copied()
        .filter(|axis| piece.tests.iter().all(|(tested, _)| tested != axis))
        .collect();
    let from = if fresh.is_empty() { open } else { fresh };
    from[dice.below(from.len())]
}

/// Random claims: they leave gaps and overlap.
pub fn random(shape: Shape, seed: u64) -> Vec<Vec<Claim>> {
    let mut dice = Dice::new(seed);
    let mut claim = || {
        let mut tests: Vec<(usize, Vec<usize>)> = Vec::new();
        while tests.len() < shape.tests {
            let axis = dice.below(shape.axes);
            if tests.iter().all(|(tested, _)| *tested != axis) {
                let mut values: Vec<usize> =
                    (0..shape.values).filter(|_| dice.below(2) == 0).collect();
                if values.is_empty() || values.len() == shape.values {
                    values = vec![dice.below(shape.values)];
                }
                tests.push((axis, values));
            }
        }
        Claim {
            party: dice.below(PARTIES.len()),
            tests,
        }
    };
    (0..shape.duties)
        .map(|_| (0..shape.claims).map(|_| claim()).collect())
        .collect()
}

/// The name of an axis.
pub fn axis(at: usize) -> &'static str {
    AXES[at].0
}

/// The name of a value.
pub fn value(axis: usize, value: usize) -> &'static str {
    AXES[axis].1[value]
}

/// A claim's condition as the language writes it; nothing where it always holds.
pub fn condition(claim: &Claim, values: usize) -> String {
    let test = |(at, allowed): &(usize, Vec<usize>)| {
        let names: Vec<&str> = allowed.iter().map(|&allowed| value(*at, allowed)).collect();
        let name = axis(*at);
        match names.as_slice() {
            [only] => format!("{name} = {only}"),
            _ if allowed.len() + 1 == values => {
                let missing = (0..values)
                    .find(|value| !allowed.contains(value))
                    .unwrap_or(0);
                format!("{name} != {}", value(*at, missing))
            }
            _ => format!("{name} in {{ {} }}", names.join(", ")),
        }
    };
    claim
        .tests
        .iter()
        .map(test)
        .collect::<Vec<_>>()
        .join(" and ")
}

/// A model as a file.
pub fn srm(shape: Shape, claims: &[Vec<Claim>]) -> String {
    let mut text = String::new();
    for party in PARTIES {
        text.push_str(&format!("party {party} \"The {party}\"\n"));
    }
    for at in 0..shape.axes {
        let values: Vec<&str> = (0..shape.values)
            .map(|at_value| value(at, at_value))
            .collect();
        text.push_str(&format!("axis {} {{ {} }}\n", axis(at), values.join(", ")));
    }
    text.push_str("\nmodel corpus \"Generated\" {\n");
    for (area, duties) in claims.chunks(10).enumerate() {
        text.push_str(&format!("  area area{area} \"Area {area}\" {{\n"));
        for at in 0..duties.len() {
            text.push_str(&format!("    duty duty{at} \"Duty {at} of area {area}\"\n"));
        }
        for (at, claims) in duties.iter().enumerate() {
            for claim in claims {
                let when = condition(claim, shape.values);
                let when = if when.is_empty() {
                    String::new()
                } else {
                    format!(" when {when}")
                };
                text.push_str(&format!(
                    "    {} owns duty{at}{when}\n",
                    PARTIES[claim.party]
                ));
            }
        }
        text.push_str("  }\n");
    }
    text + "}\n"
}

/// A model without findings.
pub fn sound_text(shape: Shape) -> String {
    srm(shape, &sound(shape, 1))
}

/// A duty whose claims test options in pairs: one option from the first half and one from the
/// second.
pub fn paired_options(options: usize) -> String {
    let mut text = String::from("party vendor\nparty customer\n");
    for option in 0..options {
        text.push_str(&format!("option o{option}\n"));
    }
    text.push_str("model pairs {\n  duty duty0 \"Paired\"\n");
    let half = options / 2;
    let pairs: Vec<String> = (0..half)
        .map(|at| format!("o{at} and o{}", at + half))
        .collect();
    // The options of the first half are mentioned first, which is the worst order for a diagram.
    let all: Vec<String> = (0..options).map(|at| format!("o{at}")).collect();
    text.push_str(&format!(
        "  impossible when {} because \"no contract has all\"\n",
        all.join(" and ")
    ));
    text.push_str(&format!(
        "  vendor owns duty0 when {}\n",
        pairs.join(" or ")
    ));
    text.push_str(&format!(
        "  customer owns duty0 when not ({})\n",
        pairs.join(" or ")
    ));
    text + "}\n"
}

/// This many duties, each without a holder at one value of an axis.
pub fn gaps(duties: usize) -> String {
    let mut text = String::from("party vendor\naxis plan { free, team, business }\nmodel gaps {\n");
    for duty in 0..duties {
        text.push_str(&format!(
            "  duty duty{duty} \"Duty {duty}\"\n  vendor owns duty{duty} when plan != team\n"
        ));
    }
    text + "}\n"
}

/// A text of about this many bytes: three axes, and enough duties to reach that size.
pub fn of_bytes(bytes: usize) -> String {
    let sample = sound_text(three_axes(1000)).len();
    sound_text(three_axes((bytes * 1000).div_ceil(sample)))
}
