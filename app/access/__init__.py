"""Who may call: keys, tenants, how much each may have, and what a repeated request is answered."""
