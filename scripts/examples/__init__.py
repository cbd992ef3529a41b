"""How the mailboxes under examples/ were made: real mail servers, a clock that jumps, and two stories."""
