"""What tests begin with. One word for one thing:

- `a_registration`, `an_issuer_registration`, `an_account`, `some_particulars` (`parties`): what events tell. `a_debtor`
  and `an_issuer` are the states that come of them, `a_wanted_…` are commands.
- `a_payment`, `a_credit_note`, `an_invoice` (`money_events`): the events of money. `Past` and `Journal` record them.
- `a_federation`, `a_drafted_invoice`, `an_issued_invoice`, `it_was_paid`: done through the front door.
- `issuing`: what pure decisions are given.
"""
