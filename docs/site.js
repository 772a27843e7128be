// What the theme leaves without a name for screen readers: its search dialog.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
