/** Looks the invitation up, and accepts it. Only text goes into the page, never markup. */
export const pageScript = String.raw`'use strict';

const element = (id) => document.getElementById(id);
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

const post = async (path, body, headers = {}) => {
  const response = await fetch('api/v1/' + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(explained(answer));
  return answer;
};

const explained = ({ detail, errors = [] }) =>
  errors.length === 0 ? detail : errors.map((each) => each.pointer.slice(1).replace('_', ' ') + ' ' + each.detail).join('\n');

const showOffer = ({ workspace_name, email, role, expires_at, has_account }) => {
  const day = new Date(expires_at).toLocaleDateString();
  element('message').textContent =
    'You are invited to work in "' + workspace_name + '" as ' + role + '. The invitation is good until ' + day + '.';
  element('email').value = email;
  element('new-account').hidden = has_account;
  element('full-name').required = !has_account;
  element('password-label').textContent = has_account ? 'Your password' : 'Choose a password (at least 8 characters)';
  element('password').autocomplete = has_account ? 'current-password' : 'new-password';
  element('form').hidden = false;
};

const accept = async () => {
  const { access_token } = await post('invitations/accept', {
    token,
    password: element('password').value,
    full_name: element('full-name').value.trim() || undefined,
    username: element('username').value.trim() || undefined,
  });
  element('form').hidden = true;
  element('next').hidden = false;
  element('message').textContent = 'Welcome! You are a member now.';
  // Nothing here keeps the session, so it is not left open.
  await post('auth/logout', undefined, { authorization: 'Bearer ' + access_token });
};

element('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  element('error').textContent = '';
  element('button').disabled = true;
  try {
    await accept();
  } catch (error) {
    element('error').textContent = error.message;
  } finally {
    element('button').disabled = false;
  }
});

addEventListener('hashchange', () => location.reload());

post('invitations/look-up', { token }).then(showOffer, (error) => {
  element('message').textContent = error.message;
});
`;
