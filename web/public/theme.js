// Runs before the first paint, so that a dark page never flashes white. The choice is "light", "dark" or absent (the system's).
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('tabletalk.theme');
  } catch (error) {
    // Storage may be forbidden; the system's preference holds then.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
