//! What else an ingredient is called: names of other countries, brands of everyday use, other scripts.
//!
//! Facts of general knowledge, reviewed 2026-11-21. The left side is what is typed, the right side the ingredient of the list.

/// Other names of ingredients.
pub(super) const OTHER_NAMES: &[(&str, &str)] = &[
    ("paracetamol", "acetaminophen"),
    ("panadol", "acetaminophen"),
    ("napa", "acetaminophen"),
    ("calpol", "acetaminophen"),
    ("dolo", "acetaminophen"),
    ("salbutamol", "albuterol"),
    ("adrenaline", "epinephrine"),
    ("noradrenaline", "norepinephrine"),
    ("pethidine", "meperidine"),
    ("cefalexin", "cephalexin"),
    ("keflex", "cephalexin"),
    ("aciclovir", "acyclovir"),
    ("zovirax", "acyclovir"),
    ("valaciclovir", "valacyclovir"),
    ("valtrex", "valacyclovir"),
    ("ciclosporin", "cyclosporine"),
    ("frusemide", "furosemide"),
    ("lasix", "furosemide"),
    ("glibenclamide", "glyburide"),
    ("lignocaine", "lidocaine"),
    ("phenoxymethylpenicillin", "penicillin v"),
    ("benzylpenicillin", "penicillin g"),
    ("co-amoxiclav", "clavulanate"),
    ("augmentin", "clavulanate"),
    ("clavulanic acid", "clavulanate"),
    ("amoxil", "amoxicillin"),
    ("amoxycillin", "amoxicillin"),
    ("co-trimoxazole", "sulfamethoxazole"),
    ("bactrim", "sulfamethoxazole"),
    ("septrin", "sulfamethoxazole"),
    ("zithromax", "azithromycin"),
    ("zimax", "azithromycin"),
    ("klacid", "clarithromycin"),
    ("cipro", "ciprofloxacin"),
    ("levaquin", "levofloxacin"),
    ("flagyl", "metronidazole"),
    ("diflucan", "fluconazole"),
    ("lamisil", "terbinafine"),
    ("canesten", "clotrimazole"),
    ("nizoral", "ketoconazole"),
    ("bactroban", "mupirocin"),
    ("fucidin", "fusidic acid"),
    ("elimite", "permethrin"),
    ("dermovate", "clobetasol"),
    ("elocon", "mometasone"),
    ("betnovate", "betamethasone"),
    ("protopic", "tacrolimus"),
    ("differin", "adapalene"),
    ("retin-a", "tretinoin"),
    ("accutane", "isotretinoin"),
    ("roaccutane", "isotretinoin"),
    ("rogaine", "minoxidil"),
    ("advil", "ibuprofen"),
    ("brufen", "ibuprofen"),
    ("nurofen", "ibuprofen"),
    ("voltaren", "diclofenac"),
    ("aleve", "naproxen"),
    ("naprosyn", "naproxen"),
    ("celebrex", "celecoxib"),
    ("mobic", "meloxicam"),
    ("asa", "aspirin"),
    ("acetylsalicylic acid", "aspirin"),
    ("disprin", "aspirin"),
    ("losec", "omeprazole"),
    ("prilosec", "omeprazole"),
    ("nexium", "esomeprazole"),
    ("protonix", "pantoprazole"),
    ("pepcid", "famotidine"),
    ("motilium", "domperidone"),
    ("imodium", "loperamide"),
    ("buscopan", "hyoscine butylbromide"),
    ("ors", "oral rehydration salts"),
    ("zyrtec", "cetirizine"),
    ("claritin", "loratadine"),
    ("allegra", "fexofenadine"),
    ("telfast", "fexofenadine"),
    ("benadryl", "diphenhydramine"),
    ("singulair", "montelukast"),
    ("flonase", "fluticasone"),
    ("otrivin", "xylometazoline"),
    ("seretide", "salmeterol"),
    ("advair", "salmeterol"),
    ("glucophage", "metformin"),
    ("diamicron", "gliclazide"),
    ("januvia", "sitagliptin"),
    ("jardiance", "empagliflozin"),
    ("lantus", "insulin glargine"),
    ("zestril", "lisinopril"),
    ("norvasc", "amlodipine"),
    ("cozaar", "losartan"),
    ("diovan", "valsartan"),
    ("lipitor", "atorvastatin"),
    ("zocor", "simvastatin"),
    ("plavix", "clopidogrel"),
    ("coumadin", "warfarin"),
    ("synthroid", "levothyroxine"),
    ("thyroxine", "levothyroxine"),
    ("prozac", "fluoxetine"),
    ("zoloft", "sertraline"),
    ("lexapro", "escitalopram"),
    ("cipralex", "escitalopram"),
    ("valium", "diazepam"),
    ("ativan", "lorazepam"),
    ("lyrica", "pregabalin"),
    ("neurontin", "gabapentin"),
    ("ultram", "tramadol"),
    ("tramal", "tramadol"),
    ("imitrex", "sumatriptan"),
    ("maxalt", "rizatriptan"),
    ("viagra", "sildenafil"),
    ("flomax", "tamsulosin"),
    ("tamiflu", "oseltamivir"),
    ("stromectol", "ivermectin"),
    ("vitamin d3", "cholecalciferol"),
    ("vitamin d", "cholecalciferol"),
    ("vitamin b12", "cyanocobalamin"),
    ("باراسيتامول", "acetaminophen"),
    ("بنادول", "acetaminophen"),
    ("أموكسيسيلين", "amoxicillin"),
    ("اموكسيسيلين", "amoxicillin"),
    ("إيبوبروفين", "ibuprofen"),
    ("ايبوبروفين", "ibuprofen"),
    ("أسبرين", "aspirin"),
    ("اسبرين", "aspirin"),
    ("প্যারাসিটামল", "acetaminophen"),
    ("অ্যামোক্সিসিলিন", "amoxicillin"),
    ("আইবুপ্রোফেন", "ibuprofen"),
    ("অ্যাসপিরিন", "aspirin"),
    ("पैरासिटामोल", "acetaminophen"),
    ("एमोक्सिसिलिन", "amoxicillin"),
];

/// Ingredients that most of the world knows under another name: shown with both.
const SHOWN_WITH: &[(&str, &str)] = &[
    ("acetaminophen", "paracetamol"),
    ("albuterol", "salbutamol"),
    ("epinephrine", "adrenaline"),
    ("meperidine", "pethidine"),
    ("cephalexin", "cefalexin"),
    ("cyclosporine", "ciclosporin"),
    ("acyclovir", "aciclovir"),
    ("valacyclovir", "valaciclovir"),
];

/// The ingredient as shown to people.
pub(super) fn shown(ingredient: &str) -> String {
    SHOWN_WITH
        .iter()
        .find(|(name, _)| *name == ingredient)
        .map_or_else(|| ingredient.to_owned(), |(name, other)| format!("{other} ({name})"))
}

/// Other names that stand for this ingredient.
pub(super) fn others(ingredient: &str) -> impl Iterator<Item = &'static str> {
    OTHER_NAMES.iter().filter(move |(_, means)| *means == ingredient).map(|(other, _)| *other)
}

/// The ingredients that a free text names: "Amoxil (rash)" names amoxicillin. Whole words only.
pub(crate) fn ingredients_meant(text: &str) -> Vec<&'static str> {
    let text = padded(text);
    let mut meant: Vec<&'static str> = Vec::new();
    let known = super::all().iter().flat_map(|drug| drug.ingredients.iter().copied()).map(|name| (name, name));
    let brands = super::all()
        .iter()
        .filter(|drug| drug.ingredients.len() == 1)
        .flat_map(|drug| drug.brands.iter().map(|brand| (*brand, drug.ingredients[0])));
    for (said, ingredient) in OTHER_NAMES.iter().copied().chain(known).chain(brands) {
        if !meant.contains(&ingredient) && text.contains(&padded(said)) {
            meant.push(ingredient);
        }
    }
    meant
}

/// Lower case words with a space on either side, so that a search finds whole words.
pub(crate) fn padded(text: &str) -> String {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || ",;:/()[]+\"'،".contains(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_countries_and_scripts_lead_to_the_ingredient() {
        assert_eq!(ingredients_meant("Amoxil (rash)"), ["amoxicillin"]);
        assert_eq!(ingredients_meant("حساسية من أموكسيسيلين"), ["amoxicillin"]);
        assert_eq!(ingredients_meant("Paracetamol, ibuprofen"), ["acetaminophen", "ibuprofen"]);
        assert!(ingredients_meant("peanuts").is_empty());
    }

    #[test]
    fn half_a_word_names_nothing() {
        assert!(ingredients_meant("asaf").is_empty());
    }
}
