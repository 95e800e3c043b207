//! Names that are at home where their bearers are.

/// Given and family names of one country or region.
#[derive(Debug)]
pub(in crate::demo) struct Names {
    pub(in crate::demo) women: &'static [&'static str],
    pub(in crate::demo) men: &'static [&'static str],
    pub(in crate::demo) families: &'static [&'static str],
}

pub(in crate::demo) const BENGALI: Names = Names {
    women: &["Farhana", "Tahmina", "Sharmin", "Ayesha", "Rumana", "Nasrin", "Sumaiya", "Tasnim", "Jannatul", "Mahbuba"],
    men: &["Arif", "Tanvir", "Kamrul", "Shahriar", "Rafiq", "Imran", "Zahid", "Sabbir", "Mahmud", "Asif"],
    families: &[
        "Rahman",
        "Hossain",
        "Ahmed",
        "Chowdhury",
        "Islam",
        "Karim",
        "Sarker",
        "Haque",
        "Uddin",
        "Akter",
        "Miah",
        "Alam",
    ],
};
pub(in crate::demo) const INDIAN: Names = Names {
    women: &["Ananya", "Kavya", "Deepa", "Lakshmi", "Meera", "Priyanka", "Sunita", "Nandini", "Shreya", "Asha"],
    men: &["Arjun", "Rohan", "Vikram", "Suresh", "Karthik", "Nikhil", "Sanjay", "Harish", "Aditya", "Manoj"],
    families: &[
        "Iyer",
        "Rao",
        "Sharma",
        "Kulkarni",
        "Nair",
        "Patel",
        "Deshpande",
        "Menon",
        "Shetty",
        "Banerjee",
        "Gupta",
        "Joshi",
    ],
};
pub(in crate::demo) const PAKISTANI: Names = Names {
    women: &["Saima", "Hina", "Amna", "Rabia", "Sadia", "Maryam", "Zainab", "Uzma"],
    men: &["Bilal", "Usman", "Faisal", "Hamza", "Asad", "Junaid", "Waqas", "Salman"],
    families: &["Khan", "Malik", "Qureshi", "Sheikh", "Butt", "Mirza", "Siddiqui", "Chaudhry", "Raza", "Javed"],
};
pub(in crate::demo) const BRITISH: Names = Names {
    women: &["Eleanor", "Charlotte", "Fiona", "Hannah", "Rosalind", "Megan", "Alice", "Gemma", "Catherine", "Lucy"],
    men: &["Oliver", "James", "Callum", "Edward", "Rhys", "Thomas", "Duncan", "Simon", "Andrew", "Matthew"],
    families: &[
        "Whitfield",
        "Harrison",
        "Macleod",
        "Bennett",
        "Ashworth",
        "Hughes",
        "Lawson",
        "Pritchard",
        "Ellis",
        "Thornton",
        "Reid",
        "Marsh",
    ],
};
pub(in crate::demo) const GERMAN: Names = Names {
    women: &["Katharina", "Anneke", "Sabine", "Johanna", "Miriam", "Franziska", "Ulrike", "Lena"],
    men: &["Matthias", "Jonas", "Stefan", "Florian", "Henrik", "Tobias", "Andreas", "Moritz"],
    families: &[
        "Brandt",
        "Vogel",
        "Lindemann",
        "Krause",
        "Hartwig",
        "Seidel",
        "Petersen",
        "Wagner",
        "Böhm",
        "Reinhardt",
    ],
};
pub(in crate::demo) const FRENCH: Names = Names {
    women: &["Camille", "Hélène", "Sophie", "Inès", "Margaux", "Claire", "Nathalie", "Élodie"],
    men: &["Julien", "Antoine", "Mathieu", "Laurent", "Olivier", "Étienne", "Karim", "Benoît"],
    families: &[
        "Lefèvre",
        "Moreau",
        "Girard",
        "Fontaine",
        "Dubois",
        "Marchand",
        "Roussel",
        "Benali",
        "Perrin",
        "Chevalier",
    ],
};
pub(in crate::demo) const SPANISH: Names = Names {
    women: &["Lucía", "Marta", "Elena", "Pilar", "Carmen", "Irene", "Beatriz", "Nuria"],
    men: &["Javier", "Álvaro", "Sergio", "Pablo", "Ignacio", "Rubén", "Andrés", "Miguel"],
    families: &["García", "Herrera", "Castillo", "Navarro", "Ortega", "Vidal", "Molina", "Serrano", "Ibáñez", "Romero"],
};
pub(in crate::demo) const EGYPTIAN: Names = Names {
    women: &["Mona", "Dina", "Heba", "Salma", "Nour", "Yasmin", "Rania", "Laila"],
    men: &["Ahmed", "Karim", "Omar", "Tarek", "Youssef", "Hany", "Khaled", "Sherif"],
    families: &[
        "Mansour",
        "El-Sayed",
        "Abdelrahman",
        "Fahmy",
        "Hassan",
        "Naguib",
        "Soliman",
        "Farouk",
        "Ibrahim",
        "Zaki",
    ],
};
pub(in crate::demo) const KENYAN: Names = Names {
    women: &["Wanjiru", "Akinyi", "Njeri", "Faith", "Mercy", "Atieno", "Grace", "Wambui"],
    men: &["Kamau", "Otieno", "Brian", "Mwangi", "Kiprono", "Peter", "Daniel", "Juma"],
    families: &[
        "Mwangi", "Ochieng", "Kariuki", "Njoroge", "Wekesa", "Kiptoo", "Odhiambo", "Mutua", "Wanyama", "Kimani",
    ],
};
pub(in crate::demo) const NIGERIAN: Names = Names {
    women: &["Adaeze", "Folake", "Ngozi", "Temitope", "Chioma", "Yetunde", "Halima", "Ifeoma"],
    men: &["Chinedu", "Olumide", "Emeka", "Tunde", "Ibrahim", "Kelechi", "Babatunde", "Uche"],
    families: &["Okafor", "Adeyemi", "Okonkwo", "Balogun", "Eze", "Bello", "Nwosu", "Ogunleye", "Afolabi", "Danjuma"],
};
pub(in crate::demo) const AMERICAN: Names = Names {
    women: &["Rachel", "Danielle", "Monica", "Grace", "Erin", "Vanessa", "Naomi", "Allison", "Teresa", "Jasmine"],
    men: &["Michael", "Brandon", "David", "Marcus", "Kevin", "Daniel", "Gabriel", "Steven", "Nathan", "Luis"],
    families: &[
        "Caldwell",
        "Ramirez",
        "Goldberg",
        "Nguyen",
        "Washington",
        "O'Connor",
        "Delgado",
        "Park",
        "Feldman",
        "Brooks",
        "Kowalski",
        "Reyes",
    ],
};
pub(in crate::demo) const BRAZILIAN: Names = Names {
    women: &["Mariana", "Fernanda", "Juliana", "Camila", "Beatriz", "Renata", "Larissa", "Patrícia"],
    men: &["Rafael", "Thiago", "Gustavo", "Felipe", "Marcelo", "Eduardo", "Leonardo", "Caio"],
    families: &[
        "Almeida", "Carvalho", "Barbosa", "Teixeira", "Moreira", "Cardoso", "Nogueira", "Azevedo", "Pereira", "Ribeiro",
    ],
};
pub(in crate::demo) const JAPANESE: Names = Names {
    women: &["Yuki", "Haruka", "Aiko", "Misaki", "Naoko", "Emi", "Sakura", "Kaori"],
    men: &["Kenji", "Hiroshi", "Takumi", "Daisuke", "Ryo", "Satoshi", "Kazuki", "Shota"],
    families: &[
        "Tanaka",
        "Nakamura",
        "Kobayashi",
        "Matsumoto",
        "Inoue",
        "Shimizu",
        "Hayashi",
        "Okada",
        "Fujita",
        "Mori",
    ],
};
pub(in crate::demo) const TURKISH: Names = Names {
    women: &["Elif", "Zeynep", "Defne", "Ayşe", "Selin", "Derya", "Esra", "Gizem"],
    men: &["Emre", "Mert", "Kerem", "Burak", "Onur", "Serkan", "Cem", "Hakan"],
    families: &["Yılmaz", "Kaya", "Demir", "Aydın", "Öztürk", "Şahin", "Arslan", "Koç", "Polat", "Güneş"],
};

/// The Latin letters of a name, as an address or a web path can have them.
pub(in crate::demo) fn plain(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        'a'..='z' | '0'..='9' => Some(c),
        ' ' | '-' => Some('-'),
        'á' | 'à' | 'ã' | 'â' | 'ä' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'í' | 'î' | 'ï' | 'ı' => Some('i'),
        'ó' | 'ô' | 'õ' | 'ö' => Some('o'),
        'ú' | 'ü' => Some('u'),
        'ç' => Some('c'),
        'ñ' => Some('n'),
        'ş' => Some('s'),
        'ğ' => Some('g'),
        _ => None,
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_path_without_losing_letters() {
        assert_eq!(plain("Élodie Lefèvre"), "elodie-lefevre");
        assert_eq!(plain("Ayşe Güneş"), "ayse-gunes");
        assert_eq!(plain("Grace O'Connor"), "grace-oconnor");
        assert_eq!(plain("Esra Yılmaz"), "esra-yilmaz");
    }
}
