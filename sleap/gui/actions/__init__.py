"""What the user can ask of the window: tables of actions, one for each menu."""
