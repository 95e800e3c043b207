# Notifications, and the demonstration's mailbox.
messaging-notices-title = Notifications
messaging-notices-empty = Nothing here yet
messaging-notices-empty-text = When something changes about your visits, payments or prescriptions, you read it here.
messaging-notices-unread = { $count ->
    [0] You have read everything
    [one] { $count } notification to read
   *[other] { $count } notifications to read
}
messaging-notices-read-all = Mark all as read
messaging-notices-new = New
messaging-notices-open = Open
messaging-notices-read = Mark as read
messaging-mailbox-title = Demonstration mailbox
messaging-mailbox-lead = Every e-mail and text message of this demonstration ends up here. None of them leaves this machine.
messaging-mailbox-to = Sent to
messaging-mailbox-filter = Show
messaging-mailbox-empty = No messages
messaging-mailbox-empty-text = Sign up, book a visit or ask for a new password, and the message appears here within seconds.
messaging-mailbox-attachments = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
messaging-mailbox-attached = Files
messaging-mailbox-text-message = Text message
