# Prescriptions: pages of patients and doctors, paper, and the public page.
prescriptions-title = My prescriptions
prescriptions-lead = Show the code of a prescription at a pharmacy. Most are valid for 30 days after they were signed.
prescriptions-one-title = Prescription
prescriptions-active = Valid now
prescriptions-past = Earlier
prescriptions-none = No valid prescriptions
prescriptions-none-text = When a doctor prescribes something for you, it appears here at once.
prescriptions-valid-until = Valid until
prescriptions-signed-at = Signed
prescriptions-ended-at = Ended
prescriptions-notes = Notes from your doctor
prescriptions-quantity = Quantity
prescriptions-download = Download PDF
prescriptions-not-valid = This prescription is no longer valid
prescriptions-not-valid-text = A pharmacy will not dispense it. If you still need the medicine, book a visit.
prescriptions-pharmacy-title = For the pharmacy
prescriptions-pharmacy-text = The pharmacy scans this code to check that the prescription is real and still valid.
prescriptions-altered-title = This prescription cannot be trusted
prescriptions-altered-text = Its content no longer matches the doctor's signature. Do not dispense it and do not take the medicine. We have recorded this; contact your doctor.
prescriptions-timeline = Prescription
prescriptions-medicine = { $substance }, { $form }

# States
prescriptions-status-draft = Draft
prescriptions-status-active = Valid
prescriptions-status-expired = Expired
prescriptions-status-stopped = Stopped
prescriptions-status-cancelled = Cancelled
prescriptions-warning-draft = Draft: not a prescription
prescriptions-warning-expired = Expired: do not dispense
prescriptions-warning-stopped = Stopped by the prescriber: do not dispense
prescriptions-warning-cancelled = Cancelled by the prescriber: do not dispense
prescriptions-end-not_needed = No longer needed
prescriptions-end-side_effect = Side effect
prescriptions-end-allergy = Allergy
prescriptions-end-changed = Another medicine takes its place
prescriptions-end-mistake = Written by mistake
prescriptions-end-other = Another reason
prescriptions-end-title = End this prescription
prescriptions-end-why = Reason
prescriptions-stop = Stop
prescriptions-cancel = Cancel, signed by mistake
prescriptions-ended = The prescription is ended.

# Prescribing
prescriptions-prescribe = Prescribe
prescriptions-visit = Visit
prescriptions-draft = Not signed yet
prescriptions-of-visit = Prescriptions of this visit
prescriptions-add = Add a medicine
prescriptions-drug = Medicine
prescriptions-drug-hint = Generic name, brand or strength, for example amoxicillin 500
prescriptions-drug-choose = Several medicines fit what you typed. Choose one.
prescriptions-dose = Dose at a time
prescriptions-dose-hint = In tablets, ml, puffs…
prescriptions-frequency = How often
prescriptions-days = Days
prescriptions-as-needed = Only when needed, for
prescriptions-as-needed-hint = For example pain. Leave empty for regular use.
prescriptions-instructions = More instructions
prescriptions-instructions-hint = In the patient's language, for example after food
prescriptions-sign = Sign the prescription
prescriptions-signed = The prescription is signed. The patient sees it now.
prescriptions-discard = Throw the draft away
prescriptions-override = Reason for prescribing it anyway
prescriptions-override-hint = It is kept with your signature.
prescriptions-source = Source:
prescriptions-severity-contraindicated = Must not be given.
prescriptions-severity-serious = May harm.
prescriptions-severity-moderate = To be weighed.
prescriptions-severity-minor = Worth knowing.

# Alerts
prescriptions-alert-allergy-same = Allergy recorded to { $because }: this contains { $ingredient }.
prescriptions-alert-allergy-penicillins = Allergy recorded to { $because }: { $ingredient } is a penicillin.
prescriptions-alert-allergy-side-chain = Allergy recorded to { $because }: { $ingredient } has the same or a similar side chain.
prescriptions-alert-allergy-cephalosporins = Allergy recorded to { $because }: { $ingredient } is a cephalosporin with a similar side chain.
prescriptions-alert-allergy-cephalosporins-low = Allergy recorded to { $because }: { $ingredient } is another cephalosporin. Check the side chain.
prescriptions-alert-allergy-beta-lactams-low = Allergy recorded to { $because }: { $ingredient } is a related beta-lactam. Cross-reaction is below 2 %.
prescriptions-alert-allergy-beta-lactams-rare = Allergy recorded to { $because }: cross-reaction with { $ingredient } is below 1 %.
prescriptions-alert-allergy-sulfonamides = Allergy recorded to { $because }: { $ingredient } is a sulfonamide antibiotic.
prescriptions-alert-allergy-nsaids = Reaction recorded to { $because }: { $ingredient } also blocks COX-1.
prescriptions-alert-allergy-coxibs = Reaction recorded to { $because }: { $ingredient } is usually tolerated. Give the first dose under observation.
prescriptions-alert-allergy-opioids = Allergy recorded to { $because }: { $ingredient } has a similar structure.
prescriptions-alert-allergy-opioids-other = Allergy recorded to { $because }: { $ingredient } is an opioid of another structure.
prescriptions-alert-allergy-ace-inhibitors = Reaction recorded to { $because }: { $ingredient } may cause angioedema.
prescriptions-alert-allergy-arbs = Reaction recorded to { $because }: angioedema with { $ingredient } is rare but known.
prescriptions-alert-allergy-same-class = Allergy recorded to { $because }: { $ingredient } belongs to the same class.
prescriptions-alert-allergy-same-class-low = Reaction recorded to { $because }: { $ingredient } belongs to the same class.
prescriptions-alert-allergy-unclear = An allergy is recorded in words we cannot match: { $because }. Check it yourself.
prescriptions-alert-allergies-not-asked = Nobody has asked this patient about allergies yet.
prescriptions-alert-duplicate = { $ingredient } is on this prescription twice; also in { $because }.
prescriptions-alert-taken-already = Another valid prescription holds { $ingredient }: { $because }.
prescriptions-alert-daily-limit = { $ingredient } adds up to more than an adult's daily limit: { $because }.

# Directions as a sentence
prescriptions-sig = { $verb } { $dose } { $route } { $often } { $long }.
prescriptions-sig-needed = { $verb } { $dose } { $route } when needed for { $reason }, at most { $often }, { $long }.
prescriptions-verb-oral = Take
prescriptions-by-oral = by mouth
prescriptions-verb-sublingual = Put
prescriptions-by-sublingual = under the tongue
prescriptions-verb-oromucosal = Use
prescriptions-by-oromucosal = in the mouth
prescriptions-verb-inhalation = Inhale
prescriptions-by-inhalation = { "" }
prescriptions-verb-nasal = Use
prescriptions-by-nasal = in each nostril
prescriptions-verb-ophthalmic = Put
prescriptions-by-ophthalmic = into the affected eye
prescriptions-verb-otic = Put
prescriptions-by-otic = into the affected ear
prescriptions-verb-topical = Put
prescriptions-by-topical = on the affected skin
prescriptions-verb-transdermal = Put
prescriptions-by-transdermal = on the skin
prescriptions-verb-rectal = Insert
prescriptions-by-rectal = into the rectum
prescriptions-verb-vaginal = Insert
prescriptions-by-vaginal = into the vagina
prescriptions-verb-subcutaneous = Inject
prescriptions-by-subcutaneous = under the skin
prescriptions-verb-intramuscular = Inject
prescriptions-by-intramuscular = into a muscle
prescriptions-verb-intravenous = Give
prescriptions-by-intravenous = into a vein
prescriptions-verb-intrauterine = Insert
prescriptions-by-intrauterine = into the uterus
prescriptions-often-stat = once, now
prescriptions-often-qd = once a day
prescriptions-often-qam = in the morning
prescriptions-often-qhs = at bedtime
prescriptions-often-bid = 2 times a day
prescriptions-often-tid = 3 times a day
prescriptions-often-qid = 4 times a day
prescriptions-often-q4h = every 4 hours
prescriptions-often-q6h = every 6 hours
prescriptions-often-q8h = every 8 hours
prescriptions-often-q12h = every 12 hours
prescriptions-often-qod = every other day
prescriptions-often-qw = once a week
prescriptions-for-days = { $count ->
    [one] for { $count } day
   *[other] for { $count } days
}
prescriptions-dose-tablet = { $count ->
    [one] { $count } tablet
   *[other] { $count } tablets
}
prescriptions-dose-capsule = { $count ->
    [one] { $count } capsule
   *[other] { $count } capsules
}
prescriptions-dose-ml = { $count ->
    [one] { $count } ml
   *[other] { $count } ml
}
prescriptions-dose-puff = { $count ->
    [one] { $count } puff
   *[other] { $count } puffs
}
prescriptions-dose-spray = { $count ->
    [one] { $count } spray
   *[other] { $count } sprays
}
prescriptions-dose-drop = { $count ->
    [one] { $count } drop
   *[other] { $count } drops
}
prescriptions-dose-patch = { $count ->
    [one] { $count } patch
   *[other] { $count } patches
}
prescriptions-dose-suppository = { $count ->
    [one] { $count } suppository
   *[other] { $count } suppositories
}
prescriptions-dose-sachet = { $count ->
    [one] { $count } sachet
   *[other] { $count } sachets
}
prescriptions-dose-injection = { $count ->
    [one] { $count } injection
   *[other] { $count } injections
}
prescriptions-dose-syringe = { $count ->
    [one] { $count } syringe
   *[other] { $count } syringes
}
prescriptions-dose-units = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
prescriptions-dose-device = { $count ->
    [one] { $count } device
   *[other] { $count } devices
}
prescriptions-dose-application = a thin layer
prescriptions-quantity-tablet = { $count ->
    [one] { $count } tablet
   *[other] { $count } tablets
}
prescriptions-quantity-capsule = { $count ->
    [one] { $count } capsule
   *[other] { $count } capsules
}
prescriptions-quantity-ml = { $count ->
    [one] { $count } ml
   *[other] { $count } ml
}
prescriptions-quantity-container = { $count ->
    [one] { $count } container
   *[other] { $count } containers
}
prescriptions-quantity-patch = { $count ->
    [one] { $count } patch
   *[other] { $count } patches
}
prescriptions-quantity-suppository = { $count ->
    [one] { $count } suppository
   *[other] { $count } suppositories
}
prescriptions-quantity-sachet = { $count ->
    [one] { $count } sachet
   *[other] { $count } sachets
}
prescriptions-quantity-vial = { $count ->
    [one] { $count } vial
   *[other] { $count } vials
}

# Forms
prescriptions-form-tablet = tablet
prescriptions-form-chewable_tablet = chewable tablet
prescriptions-form-sublingual_tablet = tablet under the tongue
prescriptions-form-extended_release_tablet = extended-release tablet
prescriptions-form-delayed_release_tablet = gastro-resistant tablet
prescriptions-form-capsule = capsule
prescriptions-form-extended_release_capsule = extended-release capsule
prescriptions-form-delayed_release_capsule = gastro-resistant capsule
prescriptions-form-oral_solution = oral solution
prescriptions-form-oral_suspension = oral suspension
prescriptions-form-oral_gel = oral gel
prescriptions-form-powder = powder
prescriptions-form-oral_spray = mouth spray
prescriptions-form-inhaler = inhaler
prescriptions-form-powder_inhaler = powder inhaler
prescriptions-form-nebuliser_solution = nebuliser solution
prescriptions-form-nasal_spray = nasal spray
prescriptions-form-eye_drops = eye drops
prescriptions-form-ear_drops = ear drops
prescriptions-form-cream = cream
prescriptions-form-ointment = ointment
prescriptions-form-gel = gel
prescriptions-form-lotion = lotion
prescriptions-form-shampoo = shampoo
prescriptions-form-topical_solution = solution for the skin
prescriptions-form-patch = patch
prescriptions-form-suppository = suppository
prescriptions-form-injection = injection
prescriptions-form-prefilled_syringe = prefilled syringe
prescriptions-form-pen = pen injector
prescriptions-form-auto_injector = auto-injector
prescriptions-form-cartridge = cartridge
prescriptions-form-implant = implant
prescriptions-form-intrauterine_system = intrauterine system

# Paper
prescriptions-paper-title = Prescription
prescriptions-paper-items = Medicines
prescriptions-paper-medicine = Medicine and how to take it
prescriptions-paper-patient = Patient
prescriptions-paper-prescriber = Prescriber
prescriptions-paper-record = Record no.
prescriptions-paper-born = Date of birth
prescriptions-paper-sex = Sex
prescriptions-paper-qualification = Qualification
prescriptions-paper-registration = Registration no.
prescriptions-paper-city = Place
prescriptions-paper-number = Prescription no.
prescriptions-paper-date = Date
prescriptions-paper-mode = Visit
prescriptions-paper-signature = Signed electronically by { $name }, { $at }
prescriptions-paper-verify = Check this prescription with the QR code or at
prescriptions-paper-qr = QR code that leads to the page where this prescription can be checked
prescriptions-paper-footer = Not valid without a successful check of its code.
prescriptions-mode-video = Video visit
prescriptions-mode-audio = Phone visit
prescriptions-mode-chat = Chat visit
prescriptions-mode-in_person = In person

# The public page
prescriptions-verify-title = Check a prescription
prescriptions-verify-valid = This prescription is genuine and valid
prescriptions-verify-valid-text = Compare the initials, the prescriber and the number of items with the paper.
prescriptions-verify-invalid = This prescription is genuine but not valid
prescriptions-verify-invalid-text = Do not dispense it.
prescriptions-verify-unknown = No prescription has this code
prescriptions-verify-unknown-text = Check the code. If it is typed as printed, the paper is not genuine.
prescriptions-verify-status = Status
prescriptions-verify-initials = Patient's initials
prescriptions-verify-items = Number of items
prescriptions-verify-remaining = May still be dispensed
prescriptions-verify-code = Code of the prescription
prescriptions-verify-code-hint = 20 letters and digits, below the QR code
prescriptions-verify-check = Check

# Letter
prescriptions-mail-signed-subject = You have a new document from your doctor
prescriptions-mail-signed-text = Your doctor has signed a document for you. For your privacy it is not in this letter: sign in to see it.
prescriptions-mail-signed-action = See the document
prescriptions-mail-signed-footer = You receive this because you had a visit with { $brand }.

# Errors
prescriptions-error-drug = Choose a medicine of the formulary
prescriptions-error-choose = Choose one of the medicines that fit
prescriptions-error-frequency = Choose how often it is taken
prescriptions-error-dose = Enter a dose, like 1 or 0.5
prescriptions-error-days = Enter a number of days between 1 and 365
prescriptions-error-reason = Say what it is needed for, for example pain
prescriptions-error-long = Use at most { $most } characters
prescriptions-error-quantity = Enter a quantity between 1 and 10,000
prescriptions-error-empty = Add a medicine before you sign
prescriptions-error-override = Give a reason of 3 to 300 characters
prescriptions-error-reason-needed = Give a reason, or take the medicine off

# Safety: rules, reasons, what is known of the patient, oversight
prescriptions-alert-interaction = { $ingredient } with { $because }.
prescriptions-alert-interaction-lately = { $ingredient } soon after { $because }.
prescriptions-alert-duplicate-class = { $ingredient } does the same as { $because }.
prescriptions-alert-single-limit = { $ingredient }: more at a time than an adult takes: { $because }.
prescriptions-alert-single-limit-child = { $ingredient }: more at a time than the weight allows: { $because }.
prescriptions-alert-daily-limit-child = { $ingredient }: more a day than the weight allows: { $because }.
prescriptions-alert-too-often = { $ingredient } in this dose is taken once in { $because } days, not more often.
prescriptions-alert-weight-missing = No weight is recorded, so the dose by weight cannot be checked. Record it in the vital signs.
prescriptions-alert-kidney = { $ingredient } with a kidney function (eGFR) of { $because }.
prescriptions-alert-kidney-unknown = The kidney function is not known.
prescriptions-alert-age = { $ingredient } at this age.
prescriptions-alert-pregnancy = { $ingredient } in pregnancy.
prescriptions-alert-pregnancy-possible = { $ingredient }: a pregnancy is not ruled out.
prescriptions-alert-breastfeeding = { $ingredient } while breast-feeding.
prescriptions-alert-allergy-contrast = Reaction recorded to { $because }: { $ingredient } is an iodinated contrast medium, too.
prescriptions-alert-allergy-anticonvulsants = Reaction recorded to { $because }: { $ingredient } is an aromatic anticonvulsant, too.
prescriptions-mechanism-acid = Less stomach acid changes how much of it is taken up.
prescriptions-mechanism-allergy-risk = Severe skin reactions are somewhat more frequent.
prescriptions-mechanism-angioedema = Together they let the face and throat swell.
prescriptions-mechanism-antagonism = One undoes the effect of the other.
prescriptions-mechanism-anticholinergic = Dry mouth, constipation and confusion add up.
prescriptions-mechanism-bleeding = The risk of bleeding adds up.
prescriptions-mechanism-bradycardia = The heart may become too slow.
prescriptions-mechanism-chelation = They bind each other in the gut and are not taken up.
prescriptions-mechanism-cyp1a2-inhibition = Its breakdown by CYP1A2 is blocked: the level rises many times.
prescriptions-mechanism-cyp2c19-inhibition = It is not turned into its active form by CYP2C19.
prescriptions-mechanism-cyp2c9-inhibition = Its breakdown by CYP2C9 is blocked: the level rises.
prescriptions-mechanism-cyp2d6-inhibition = Its turnover by CYP2D6 is blocked.
prescriptions-mechanism-cyp3a4-induction = Its breakdown by CYP3A4 is sped up: it stops working.
prescriptions-mechanism-cyp3a4-inhibition = Its breakdown by CYP3A4 is blocked: the level rises.
prescriptions-mechanism-glucuronidation = The level in the blood changes by way of glucuronidation.
prescriptions-mechanism-hearing = Damage to hearing and kidneys adds up.
prescriptions-mechanism-hyperkalaemia = Potassium in the blood may rise.
prescriptions-mechanism-hypoglycaemia = Blood sugar may fall too low, or its warning signs be hidden.
prescriptions-mechanism-hypotension = Blood pressure may fall too low.
prescriptions-mechanism-kidney = The kidneys are strained, or hold back the other medicine.
prescriptions-mechanism-lithium-retention = The kidneys hold back lithium: the level becomes toxic.
prescriptions-mechanism-marrow = Both work against folate: the bone marrow may fail.
prescriptions-mechanism-methotrexate-clearance = Methotrexate leaves the body more slowly.
prescriptions-mechanism-myopathy = The statin rises: muscles may break down.
prescriptions-mechanism-p-glycoprotein = Transport out of the body is blocked: the level rises.
prescriptions-mechanism-potassium-loss = Potassium is lost.
prescriptions-mechanism-pressor = Blood pressure may rise to a crisis.
prescriptions-mechanism-pressure-less = The blood pressure medicine works less.
prescriptions-mechanism-pressure-skull = Pressure inside the skull may rise.
prescriptions-mechanism-qt = Both lengthen the QT interval: a dangerous rhythm may follow.
prescriptions-mechanism-rebound = When one is stopped, blood pressure may jump.
prescriptions-mechanism-sedation = Drowsiness and slow breathing add up.
prescriptions-mechanism-serotonin = Serotonin adds up: agitation, fever, stiffness.
prescriptions-mechanism-tendon = Tendons may tear.
prescriptions-mechanism-vasoconstriction = Blood vessels may close.
prescriptions-mechanism-xanthine-oxidase = Its breakdown by xanthine oxidase is blocked: it becomes toxic to the bone marrow.
prescriptions-advice-avoid = Avoid the combination.
prescriptions-advice-choose-other = Choose another medicine.
prescriptions-advice-contraception = Another method of contraception is needed, and for four weeks after.
prescriptions-advice-gastroprotect = Protect the stomach, and watch for bleeding.
prescriptions-advice-hours-24 = Leave 24 hours between them.
prescriptions-advice-hours-36 = Leave 36 hours between them.
prescriptions-advice-lowest-dose = If both are needed, the lowest dose for the shortest time.
prescriptions-advice-metformin-1000 = Not more than 1,000 mg of metformin a day.
prescriptions-advice-monitor-blood = Check blood count and kidneys.
prescriptions-advice-monitor-effect = See whether it still works; adjust the dose.
prescriptions-advice-monitor-glucose = Check blood sugar more often.
prescriptions-advice-monitor-inr = Check the INR within a week, and adjust.
prescriptions-advice-monitor-kidney = Check kidneys and potassium within two weeks.
prescriptions-advice-monitor-level = Check the level in the blood, and lower the dose.
prescriptions-advice-monitor-potassium = Check potassium within two weeks.
prescriptions-advice-monitor-pressure = Check blood pressure.
prescriptions-advice-monitor-qt = Choose another, or take an ECG and correct potassium and magnesium.
prescriptions-advice-never = Do not give them together.
prescriptions-advice-observe = Tell the patient what to watch for.
prescriptions-advice-other-statin = Use rosuvastatin or pravastatin, or a low dose.
prescriptions-advice-reduce-dose = Lower the dose.
prescriptions-advice-reduce-half = Halve the dose.
prescriptions-advice-reduce-quarter = Lower the dose to a quarter.
prescriptions-advice-separate-hours = Take them at least two hours apart.
prescriptions-advice-simvastatin-20 = Not more than 20 mg of simvastatin a day.
prescriptions-advice-stop-during = Stop the statin for as long as the other is taken.
prescriptions-advice-washout = Do not give them together; leave 14 days between them.
prescriptions-advice-washout-long = Do not give them together; leave five weeks after fluoxetine.
prescriptions-advice-age-bleeding = Bleeding of the stomach is frequent at this age: shortest time, with protection.
prescriptions-advice-age-blood = It may harm the blood or the brain of a young infant.
prescriptions-advice-age-breathing = It may stop a child's breathing.
prescriptions-advice-age-confusion = Confusion and falls are frequent in old age.
prescriptions-advice-age-falls = Falls and fractures are frequent in old age.
prescriptions-advice-age-growth = It may disturb growth.
prescriptions-advice-age-gut = It may paralyse a child's gut.
prescriptions-advice-age-heart = It may disturb the rhythm of the heart.
prescriptions-advice-age-hypoglycaemia = Long low blood sugar is frequent in old age: choose another.
prescriptions-advice-age-joints = Only where nothing else works: tendons and joints.
prescriptions-advice-age-kidney = Too young: the kidneys may fail.
prescriptions-advice-age-mood = Watch for thoughts of self-harm in the first weeks.
prescriptions-advice-age-movement = It may cause lasting disorders of movement.
prescriptions-advice-age-reye = It may cause Reye's syndrome: give paracetamol.
prescriptions-advice-age-teeth = It stains growing teeth: choose another.
prescriptions-advice-harm-ask = Ask for a pregnancy and take a test before it is begun.
prescriptions-advice-harm-choose-other = Choose a medicine that is better known in pregnancy.
prescriptions-advice-harm-ductus = From week 20 it harms the child's kidneys and heart: give paracetamol.
prescriptions-advice-harm-fetal-kidney = It damages the child's kidneys: stop it.
prescriptions-advice-harm-hearing = It may harm the child's hearing.
prescriptions-advice-harm-loss = It may end the pregnancy.
prescriptions-advice-harm-malformation = It causes malformations.
prescriptions-advice-harm-neural-tube = In the first twelve weeks it works against folate.
prescriptions-advice-harm-stop-usual = Stop it in most pregnancies.
prescriptions-advice-harm-teeth = It harms the child's teeth and bones.
prescriptions-advice-harm-withdrawal = Near birth the child may be drowsy or show withdrawal.
prescriptions-advice-kidney-half = Halve the dose.
prescriptions-advice-kidney-lower = Lower the dose as the prescribing information says.
prescriptions-advice-kidney-stop = Do not use it.
prescriptions-advice-kidney-watch = Check kidneys and level.
prescriptions-advice-kidney-weak = It works little at this kidney function.
prescriptions-advice-milk-breathing = It passes into milk and may stop the child's breathing.
prescriptions-advice-milk-choose-other = Choose another while breast-feeding.
prescriptions-advice-milk-drowsy = The child may become drowsy: lowest dose, and watch.
prescriptions-advice-milk-levels = The child takes up much of it with the milk.
prescriptions-advice-milk-short = Short courses only.
prescriptions-advice-milk-stop = Breast-feeding must stop, or another medicine be chosen.
prescriptions-advice-milk-supply = It may lessen the milk.
prescriptions-minor = Worth knowing: { $count }
prescriptions-facts-title = What the safety check knows
prescriptions-facts-age = Age
prescriptions-facts-weight = Weight
prescriptions-facts-egfr = Kidneys (eGFR)
prescriptions-facts-pregnant = Pregnant
prescriptions-facts-breastfeeding = Breast-feeding
prescriptions-facts-other = Medicines from elsewhere
prescriptions-facts-other-hint = Names as the patient says them, for example warfarin, ibuprofen
prescriptions-facts-creatinine = Creatinine in blood
prescriptions-facts-unit = Unit
prescriptions-facts-save = Keep, and check again
prescriptions-facts-saved = The safety check knows it now.
prescriptions-facts-unknown = not known
prescriptions-facts-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
prescriptions-facts-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
prescriptions-answer-not_asked = not asked
prescriptions-answer-yes = yes
prescriptions-answer-no = no
prescriptions-error-creatinine = Enter a creatinine between 0.1 and 30 mg/dl (9 to 2,650 µmol/l)
prescriptions-oversight-title = Alerts about medicines
prescriptions-oversight-lead = Alerts that stood in the way of a signature in the last { $days } days, and how often doctors went on with a reason. What was not overridden was heeded.
prescriptions-oversight-version = Rules of { $version }
prescriptions-oversight-empty = No alert has interrupted yet
prescriptions-oversight-empty-text = Alerts of the tiers serious and contraindicated are counted here, without saying whom they were about.
prescriptions-oversight-rule = Rule
prescriptions-oversight-tier = Tier
prescriptions-oversight-shown = Shown
prescriptions-oversight-overridden = Overridden
prescriptions-oversight-rate = Rate
prescriptions-oversight-prescribers = Doctors
prescriptions-tier-serious = Serious
prescriptions-tier-contraindicated = Contraindicated
prescriptions-kind-allergy = Allergy
prescriptions-kind-interaction = Interaction
prescriptions-kind-duplicate = Duplicate therapy
prescriptions-kind-dose = Dose
prescriptions-kind-kidney = Kidney function
prescriptions-kind-age = Age
prescriptions-kind-reproduction = Pregnancy and milk
prescriptions-kind-other = Other

# The life of a prescription, refills
prescriptions-status-on_hold = On hold
prescriptions-status-completed = Dispensed
prescriptions-status-replaced = Replaced
prescriptions-warning-on_hold = On hold: do not dispense
prescriptions-warning-completed = Dispensed in full: do not dispense again
prescriptions-warning-replaced = Replaced by another prescription: do not dispense
prescriptions-end-interaction = Does not go with another medicine
prescriptions-end-pregnancy = Pregnancy
prescriptions-end-dispensed = All of it was dispensed
prescriptions-held = The prescription is on hold.
prescriptions-released = The prescription is valid again.
prescriptions-copied = A copy was made as a draft. Look at its alerts, change what must change, and sign it.
prescriptions-life-title = Change it
prescriptions-life-hint = A signed prescription does not change: a signed copy takes its place.
prescriptions-hold = Put on hold
prescriptions-release = Release
prescriptions-replace = Replace with a changed copy
prescriptions-replaces = Takes the place of
prescriptions-refills = Refills
prescriptions-refills-hint = How many more times it may be dispensed; 0 unless told
prescriptions-refills-count = { $count ->
    [one] { $count } refill
   *[other] { $count } refills
}
prescriptions-remaining = { $quantity } left
prescriptions-error-refills = Enter a number of refills between 0 and { $most }
prescriptions-code = Code of your authenticator app
prescriptions-code-hint = A controlled substance is on it: each signature needs a fresh code.
prescriptions-error-code = Enter the six digits that your authenticator app shows now
prescriptions-error-no-app = Controlled substances can be signed only with an authenticator app. Set one up under Account, Security.
prescriptions-error-restricted-never = { $ingredient } may not be prescribed at a distance in your country. Source: { $source }
prescriptions-error-restricted-follow_up = { $ingredient } needs an earlier visit in person. Source: { $source }
prescriptions-error-restricted-seen = { $ingredient } needs a visit by video or in person first. Source: { $source }
prescriptions-refill-title = Refill
prescriptions-refill-ask = Ask for a refill
prescriptions-refill-note = Anything your doctor should know
prescriptions-refill-note-hint = For example how it works, side effects, how much is left
prescriptions-refill-asked = Your doctor has your request and answers within two days.
prescriptions-refill-due = Your doctor answers by { $when }.
prescriptions-refill-not = This prescription cannot be refilled. If you still need the medicine, book a visit.
prescriptions-refill-remain = Refills remain on this prescription: show its code at a pharmacy.
prescriptions-refill-from = You can ask for a refill from { $day } on.
prescriptions-refill-new = See the new prescription
prescriptions-refill-status-requested = Asked for
prescriptions-refill-status-approved = Approved
prescriptions-refill-status-changed = Approved with changes
prescriptions-refill-status-denied = Not approved
prescriptions-refill-status-deferred = Not yet
prescriptions-refill-reason-not_needed = The medicine is no longer needed
prescriptions-refill-reason-needs_visit = A visit is needed first
prescriptions-refill-reason-needs_test = A test is needed first
prescriptions-refill-reason-too_early = There should be enough left
prescriptions-refill-reason-restricted = The law does not allow it this way
prescriptions-refill-reason-no_answer = Your doctor has not answered in time. You can book a visit.
prescriptions-refill-reason-other = Another reason
prescriptions-refills-title = Refills
prescriptions-refills-lead = Requests of your patients. To approve is to sign the same prescription again, with all checks of today.
prescriptions-refills-none = No requests
prescriptions-refills-none-text = When a patient asks for more of what you prescribed, it appears here.
prescriptions-refill-overdue = Overdue
prescriptions-refill-asked-at = Asked
prescriptions-refill-approve = Sign the same again
prescriptions-refill-change = Change and sign
prescriptions-refill-refuse = Not now, or no
prescriptions-refill-answer = Words to the patient
prescriptions-refill-defer = Not yet
prescriptions-refill-deny = Deny
prescriptions-refill-answered = The request is answered.
prescriptions-error-place = Say where it is dispensed, with at most 200 characters
prescriptions-mail-refill-subject = Your doctor has answered you
prescriptions-mail-refill-text = Your doctor has answered a request of yours. For your privacy the answer is not in this letter: sign in to see it.
prescriptions-mail-refill-action = See the answer
prescriptions-mail-refill-footer = You receive this because you asked something of a doctor at { $brand }.

# Leaflets
prescriptions-leaflet = About this medicine
prescriptions-leaflet-for = What it is for
prescriptions-leaflet-how = How to take it
prescriptions-leaflet-effects = Side effects
prescriptions-leaflet-call = When to call
prescriptions-leaflet-reviewed = Reviewed
prescriptions-leaflet-advice = What your doctor told you comes first.
prescriptions-join-signed = Signed prescriptions
prescriptions-join-twice = Ingredients that are prescribed in both records now: { $count }. Ask a doctor to look at them.
prescriptions-join-unread = Prescribed items that could not be opened and were not compared: { $count }.
