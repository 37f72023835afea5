/** For a page whose script, style and calls all come from this service. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Where the link of an invitation leads. The token is in the fragment, which browsers send to nobody. */
export const pageHtml = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Invitation – Tabletalk</title>
<link rel="stylesheet" href="invitation/page.css">
<script src="invitation/page.js" defer></script>
<main>
  <h1>Tabletalk</h1>
  <noscript><p>This page needs JavaScript. Without it, POST /api/v1/invitations/accept does the same.</p></noscript>
  <p id="message" role="status" aria-live="polite"></p>
  <form id="form" hidden>
    <label>E-mail address <input id="email" type="email" autocomplete="username" readonly></label>
    <div id="new-account">
      <label>Full name <input id="full-name" autocomplete="name" maxlength="200"></label>
      <label>Username (optional) <input id="username" autocomplete="nickname" maxlength="64"></label>
    </div>
    <label><span id="password-label">Password</span> <input id="password" type="password" required></label>
    <p id="error" role="alert"></p>
    <button id="button">Accept</button>
  </form>
  <p id="next" hidden><a href="docs">Go to Tabletalk</a> and sign in with your e-mail address and password.</p>
</main>
</html>
`;

export const pageStyle = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 26rem; margin: 10vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; }
label, input { display: block; width: 100%; box-sizing: border-box; }
label { margin: 0 0 1rem; }
input { margin-top: 0.25rem; padding: 0.5rem; font: inherit; }
button { padding: 0.5rem 1.5rem; font: inherit; }
#error { color: light-dark(#b00020, #ff8a80); white-space: pre-line; }
[hidden] { display: none; }
`;
