# Documents of the record: reports, letters, cards and photos.
chart-documents-title = Documents
chart-documents-lead = Reports, letters, cards and photos that belong to your record.
chart-documents-of-patient = Documents of a patient
chart-documents-none = No documents yet
chart-documents-none-text = Add results from elsewhere, letters of other doctors or your vaccination card, so that your doctor has them at hand.
chart-documents-none-of-kind = No documents of this kind
chart-documents-none-removed = Nothing was removed
chart-documents-none-of-patient = No documents here
chart-documents-removed = Removed documents
chart-documents-standing = Back to all documents
chart-documents-all-or-add = All documents, or add one
chart-documents-all = All documents
chart-timeline-document = Document

chart-document-add = Add a document
chart-document-add-lead = A PDF of up to 25 MB, or a photo (JPEG or PNG) of up to 10 MB.
chart-document-added = The document has come in. It can be opened once it is checked.
chart-document-whose = Whose document is it?
chart-document-what = What is it?
chart-document-title = What shall it be called?
chart-document-title-hint = Without a name it is called like its file.
chart-document-dated-on = Date on the document
chart-document-file = File
chart-document-file-hint = PDF, JPEG or PNG. From photos we remove where and when they were taken.
chart-document-drop = Or drop files here. Several at once are fine.
chart-document-photo = Or take a photo
chart-document-send = Send
chart-document-sending = Sending…
chart-document-checking = Checking…
chart-document-sent = Has come in
chart-document-failed = It could not be sent. Check the connection and send again.
chart-document-leave-out = Leave out
chart-document-some-failed = Not everything has come in. Look at the files marked red.

chart-document-kind-laboratory_report = Laboratory report
chart-document-kind-imaging = X-ray or scan
chart-document-kind-referral = Referral letter
chart-document-kind-discharge = Discharge letter
chart-document-kind-vaccination = Vaccination record
chart-document-kind-identity_card = Identity or insurance card
chart-document-kind-photo = Photo of a complaint
chart-document-kind-other = Something else

chart-document-name = Document
chart-document-kind = Kind
chart-document-dated = Date on it
chart-document-added-on = Added
chart-document-state = Check
chart-document-filter = Kind of document
chart-document-all-kinds = All kinds
chart-document-show = Show
chart-document-download = Download
chart-document-pages = { $pages ->
    [one] 1 page
   *[other] { $pages } pages
}
chart-document-by-you = by you
chart-document-by-family = by somebody who acts for this patient
chart-document-by-patient = by the patient

chart-document-quarantined = Being checked
chart-document-quarantined-why = It waits for the virus scanner. Nobody can open it before.
chart-document-clean = Checked
chart-document-unscanned = Not scanned
chart-document-unscanned-why = It holds no scripts and no hidden files, but no virus scanner has looked at it. Open it only if you know where it comes from.
chart-document-refused = Refused
chart-document-refused-why = The virus scanner found something in it. The file was deleted; nobody has opened it.

chart-document-describe = Change what is said about it
chart-document-described = Saved.
chart-document-remove = Remove this document
chart-document-remove-text = Nobody can open it then. You can bring it back.
chart-document-remove-why = Why?
chart-document-removal-mistake = Added by mistake
chart-document-removal-wrong_person = It is about somebody else
chart-document-removal-duplicate = It is here twice
chart-document-removal-private = I do not want to share it
chart-document-removed = The document is removed. Nobody can open it any more.
chart-document-was-removed = Removed
chart-document-undo = Bring it back
chart-document-restored = The document is back.

chart-document-error-kind = Choose what kind of document it is
chart-document-error-title = Use at most { $most } characters for the name
chart-document-error-date = Enter the date on the document; it is not in the future
chart-document-error-missing = Choose a file
chart-document-error-picture = Send a photo (JPEG or PNG). Add papers on the page of your documents.
chart-document-error-broke-off = The file did not arrive whole. Send it again.
chart-document-error-full = All documents together may take { $most } MB. Your record has no room left for this one.
chart-document-error-many = At most { $most } documents can be added in 24 hours. Go on tomorrow.
chart-document-refused-empty = The file is empty. Choose another one.
chart-document-refused-too-large = The file is too large. A PDF may have 25 MB, a photo 10 MB. Take the photo smaller, or split the PDF.
chart-document-refused-archive = This is an archive (ZIP or the like). Unpack it and send the documents in it one by one.
chart-document-refused-office = This is an office document. Save it as PDF and send that.
chart-document-refused-markup = This is a web page or a drawing. Print it into a PDF and send that.
chart-document-refused-program = This is a program, not a document.
chart-document-refused-unknown = We take PDF, JPEG and PNG only. Save it as one of them.
chart-document-refused-mixed = This file is two files in one, which no document needs. Print it into a new PDF and send that.
chart-document-refused-damaged = The file does not open: it is damaged or incomplete. Make it anew, or take a photo of the page.
chart-document-refused-encrypted = The PDF is locked with a password. Save it again without one and send that.
chart-document-refused-active = The PDF holds scripts, forms that send, or files inside. Print it into a new PDF and send that.
chart-document-refused-too-many-pages = The PDF has more than 500 pages. Send the pages that matter.
chart-document-refused-too-many-pixels = The picture has more than 40 megapixels. Save it smaller.
chart-document-refused-exhausting = The file takes far more memory to open than a document should. Print it into a new PDF, or take a photo.

web-conflict-document-in-quarantine = This document is still being checked. It can be opened when that is done.
web-conflict-document-refused = The virus scanner refused this document. It was deleted.
web-conflict-document-of-somebody-else = Only who added this document can change or remove it.

chart-mail-document-refused-subject = A document could not be added
chart-mail-document-refused-text = The virus scanner found something in a document that you sent to a record. It was deleted, and nobody has opened it.
    Check the device it came from. If you need the document, ask where you got it from for a new copy.
chart-mail-document-refused-action = Look at the documents
chart-mail-document-refused-footer = You get this because you added the document.
