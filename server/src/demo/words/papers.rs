//! Papers that the first patient has from elsewhere.

use chart::documents::DocumentKind;

pub(in crate::demo) struct Paper {
    pub(in crate::demo) kind: DocumentKind,
    pub(in crate::demo) title: &'static str,
    pub(in crate::demo) filename: &'static str,
    pub(in crate::demo) days_ago: i32,
    pub(in crate::demo) lines: &'static [&'static str],
}

pub(in crate::demo) const ALL: &[Paper] = &[
    Paper {
        kind: DocumentKind::Discharge,
        title: "Discharge letter, pneumonia",
        filename: "discharge-letter.pdf",
        days_ago: 410,
        lines: &[
            "Discharge letter",
            "City General Hospital, Dhaka. Department of Internal Medicine",
            "",
            "Admitted with pneumonia of the right lower lobe. Treated with ceftriaxone for seven days",
            "after a test dose, and with oxygen for two days. Known allergy to penicillin.",
            "",
            "Discharged in good condition. Control of the chest film in six weeks.",
        ],
    },
    Paper {
        kind: DocumentKind::LaboratoryReport,
        title: "Blood count and liver values",
        filename: "lab-2041-report.pdf",
        days_ago: 41,
        lines: &[
            "Laboratory report",
            "Riverside Diagnostics, Dhaka",
            "",
            "Haemoglobin        12.9 g/dl       12.0 - 15.5",
            "Leukocytes          7.1 G/l          4.0 - 10.0",
            "Platelets              242 G/l         150 - 400",
            "ALT                       24 U/l          below 35",
            "Creatinine            0.8 mg/dl       0.5 - 0.9",
            "Total IgE              410 kU/l        below 100",
        ],
    },
];
