# The page about the API.
api-docs-title = Starlight API
api-docs-lead = Every route of this server, to read and to try out. What you send here really happens, in your own name.
api-docs-token = Token (empty: the cookie of this browser's sign-in)
api-docs-send = Send
api-docs-body = Body (JSON)
api-docs-answer = Answer
api-docs-failed = The server could not be reached.
api-docs-script = This page needs JavaScript; the document itself does not.
