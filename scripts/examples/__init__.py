"""How the mailboxes under examples/ were made: real mail servers, a clock that jumps, and a story for each cause."""
