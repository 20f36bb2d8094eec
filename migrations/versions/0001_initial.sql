-- Every declared table. Written by ./carreau migration --initial, until the first release.

CREATE TABLE checkpoints (
    tenant_id UUID NOT NULL,
    projection TEXT NOT NULL,
    generation INTEGER NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    live BOOLEAN NOT NULL,
    halted TEXT,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, projection, generation, book)
);

CREATE UNIQUE INDEX checkpoints_live ON checkpoints (tenant_id, projection, book) WHERE live;

ALTER TABLE checkpoints ENABLE ROW LEVEL SECURITY;

ALTER TABLE checkpoints FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON checkpoints TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON checkpoints FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON checkpoints TO carreau_app;

GRANT SELECT (tenant_id, projection, book, position, live) ON checkpoints TO carreau_sweep;

CREATE TABLE directory_credentials (
    digest BYTEA NOT NULL,
    tenant_id UUID NOT NULL,
    token_id UUID NOT NULL,
    user_id UUID NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (digest),
    UNIQUE (token_id)
);

CREATE TABLE directory_tenants (
    tenant_id UUID NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    platform_id UUID,
    halted_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (tenant_id),
    CONSTRAINT directory_tenants_kind CHECK (kind in ('platform', 'international', 'national')),
    UNIQUE (slug)
);

CREATE INDEX directory_tenants_platform ON directory_tenants (platform_id, slug);

GRANT SELECT (tenant_id, slug) ON directory_tenants TO carreau_sweep;

CREATE TABLE directory_throttles (
    key BYTEA NOT NULL,
    failures INTEGER NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    blocked_until TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (key)
);

CREATE INDEX directory_throttles_age ON directory_throttles (last_at);

CREATE TABLE forgotten_files (
    tenant_id UUID NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT forgotten_files_pkey PRIMARY KEY (tenant_id, digest)
);

ALTER TABLE forgotten_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE forgotten_files FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON forgotten_files TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, DELETE ON forgotten_files TO carreau_app;

CREATE TABLE identity_assertions (
    tenant_id UUID NOT NULL,
    client_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT identity_assertions_pkey PRIMARY KEY (tenant_id, client_id, digest)
);

ALTER TABLE identity_assertions ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_assertions FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_assertions TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_assertions TO carreau_app;

CREATE TABLE identity_challenges (
    tenant_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    kind TEXT NOT NULL,
    user_id UUID,
    data TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT identity_challenges_pkey PRIMARY KEY (tenant_id, digest),
    CONSTRAINT identity_challenges_data CHECK (length(data) <= 4000)
);

CREATE INDEX identity_challenges_age ON identity_challenges (tenant_id, expires_at);

CREATE INDEX identity_challenges_user ON identity_challenges (tenant_id, user_id, kind);

ALTER TABLE identity_challenges ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_challenges FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_challenges TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_challenges TO carreau_app;

CREATE TABLE identity_providers (
    tenant_id UUID NOT NULL,
    provider_id UUID NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret_sealed TEXT NOT NULL,
    CONSTRAINT identity_providers_pkey PRIMARY KEY (tenant_id, provider_id)
);

ALTER TABLE identity_providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_providers FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_providers TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_providers TO carreau_app;

CREATE TABLE inbox (
    tenant_id UUID NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    digest BYTEA NOT NULL,
    size BIGINT NOT NULL,
    reference TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    error TEXT DEFAULT '' NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lease UUID,
    leased_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT inbox_pkey PRIMARY KEY (tenant_id, source, external_id),
    CONSTRAINT inbox_state CHECK (state in ('waiting', 'done', 'failed', 'quarantined')),
    CONSTRAINT inbox_error CHECK ((error = '') = (state in ('waiting', 'done')))
);

CREATE INDEX inbox_open ON inbox (tenant_id, received_at) WHERE state != 'done';

ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE inbox FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inbox TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON inbox TO carreau_app;

CREATE TABLE inline_attachment_uses (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    digest TEXT NOT NULL,
    debtor_id UUID NOT NULL,
    CONSTRAINT inline_attachment_uses_pkey PRIMARY KEY (tenant_id, generation, digest, debtor_id)
);

CREATE INDEX inline_attachment_uses_debtor ON inline_attachment_uses (tenant_id, generation, debtor_id);

ALTER TABLE inline_attachment_uses ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_attachment_uses FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_attachment_uses TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_attachment_uses TO carreau_app;

CREATE TABLE inline_billed (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    season TEXT NOT NULL,
    component TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    number TEXT NOT NULL,
    CONSTRAINT inline_billed_pkey PRIMARY KEY (tenant_id, generation, debtor_id, season, component, occurrence)
);

CREATE INDEX inline_billed_invoice ON inline_billed (tenant_id, generation, invoice_id);

ALTER TABLE inline_billed ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_billed FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_billed TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_billed TO carreau_app;

CREATE TABLE inline_counters (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    counter TEXT NOT NULL,
    last_value BIGINT NOT NULL,
    last_on DATE NOT NULL,
    CONSTRAINT inline_counters_pkey PRIMARY KEY (tenant_id, generation, counter)
);

ALTER TABLE inline_counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_counters FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_counters TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_counters TO carreau_app;

CREATE TABLE inline_debtor_credit (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    issuer_id UUID NOT NULL,
    currency TEXT NOT NULL,
    credit_minor BIGINT NOT NULL,
    CONSTRAINT inline_debtor_credit_pkey PRIMARY KEY (tenant_id, generation, debtor_id, issuer_id, currency),
    CONSTRAINT inline_debtor_credit_never_negative CHECK (credit_minor >= 0)
);

ALTER TABLE inline_debtor_credit ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_debtor_credit FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_debtor_credit TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_debtor_credit TO carreau_app;

CREATE TABLE inline_debtors (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    reference TEXT NOT NULL,
    org_node_id UUID,
    CONSTRAINT inline_debtors_pkey PRIMARY KEY (tenant_id, generation, debtor_id)
);

CREATE UNIQUE INDEX inline_debtors_reference ON inline_debtors (tenant_id, generation, reference);

ALTER TABLE inline_debtors ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_debtors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_debtors TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_debtors TO carreau_app;

CREATE TABLE inline_delivery_switch (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    CONSTRAINT inline_delivery_switch_pkey PRIMARY KEY (tenant_id, generation)
);

ALTER TABLE inline_delivery_switch ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_delivery_switch FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_delivery_switch TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_delivery_switch TO carreau_app;

CREATE TABLE inline_gate_policies (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    policy JSONB NOT NULL,
    CONSTRAINT inline_gate_policies_pkey PRIMARY KEY (tenant_id, generation)
);

ALTER TABLE inline_gate_policies ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_gate_policies FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_gate_policies TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_gate_policies TO carreau_app;

CREATE TABLE inline_issuers (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_type TEXT NOT NULL,
    org_node_id UUID,
    jurisdiction TEXT NOT NULL,
    CONSTRAINT inline_issuers_pkey PRIMARY KEY (tenant_id, generation, issuer_id)
);

CREATE UNIQUE INDEX inline_issuers_seat ON inline_issuers (tenant_id, generation, issuer_type, org_node_id) NULLS NOT DISTINCT;

ALTER TABLE inline_issuers ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_issuers FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_issuers TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_issuers TO carreau_app;

CREATE TABLE inline_open_receivables (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    debtor_id UUID NOT NULL,
    number TEXT NOT NULL,
    currency TEXT NOT NULL,
    open_minor BIGINT NOT NULL,
    due_on DATE NOT NULL,
    CONSTRAINT inline_open_receivables_pkey PRIMARY KEY (tenant_id, generation, invoice_id),
    CONSTRAINT inline_open_receivables_never_negative CHECK (open_minor >= 0)
);

CREATE INDEX inline_open_receivables_debtor ON inline_open_receivables (tenant_id, generation, debtor_id) WHERE open_minor > 0;

ALTER TABLE inline_open_receivables ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_open_receivables FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_open_receivables TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_open_receivables TO carreau_app;

CREATE TABLE inline_open_runs (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    run_id UUID NOT NULL,
    chunks INTEGER NOT NULL,
    open BOOLEAN NOT NULL,
    CONSTRAINT inline_open_runs_pkey PRIMARY KEY (tenant_id, generation, run_id)
);

CREATE INDEX inline_open_runs_open ON inline_open_runs (tenant_id) WHERE open;

ALTER TABLE inline_open_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE inline_open_runs FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inline_open_runs TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON inline_open_runs FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_open_runs TO carreau_app;

GRANT SELECT (tenant_id, run_id, open) ON inline_open_runs TO carreau_sweep;

CREATE TABLE journal_events (
    tenant_id UUID NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    stream_id UUID NOT NULL,
    stream_version INTEGER NOT NULL,
    type TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    envelope BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT journal_events_pkey PRIMARY KEY (tenant_id, book, position),
    CONSTRAINT journal_events_stream UNIQUE (tenant_id, stream_id, stream_version),
    CONSTRAINT journal_events_counts CHECK (book in ('money', 'access') and position > 0 and stream_version > 0)
);

ALTER TABLE journal_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal_events FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON journal_events TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT ON journal_events TO carreau_app;

CREATE TABLE journal_heads (
    tenant_id UUID NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    pruned_to BIGINT DEFAULT '0' NOT NULL,
    kept_from DATE,
    inline_generation INTEGER DEFAULT '1' NOT NULL,
    consumed BIGINT DEFAULT '0' NOT NULL,
    behind BOOLEAN GENERATED ALWAYS AS (consumed < position) STORED,
    CONSTRAINT journal_heads_pkey PRIMARY KEY (tenant_id, book),
    CONSTRAINT journal_heads_book CHECK (book in ('money', 'access') and pruned_to <= position)
);

CREATE INDEX journal_heads_behind ON journal_heads (tenant_id) WHERE behind;

ALTER TABLE journal_heads ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal_heads FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON journal_heads TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON journal_heads FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT, UPDATE ON journal_heads TO carreau_app;

GRANT SELECT (tenant_id, book, position, kept_from, behind) ON journal_heads TO carreau_sweep;

CREATE TABLE journal_receipts (
    tenant_id UUID NOT NULL,
    principal TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    outcome BYTEA NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT journal_receipts_pkey PRIMARY KEY (tenant_id, principal, idempotency_key)
);

ALTER TABLE journal_receipts ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal_receipts FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON journal_receipts TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT ON journal_receipts TO carreau_app;

CREATE TABLE operator_looks (
    tenant_id UUID NOT NULL,
    operator_id UUID NOT NULL,
    reason TEXT NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT operator_looks_pkey PRIMARY KEY (tenant_id, operator_id)
);

ALTER TABLE operator_looks ENABLE ROW LEVEL SECURITY;

ALTER TABLE operator_looks FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON operator_looks TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON operator_looks TO carreau_app;

CREATE TABLE org_nodes (
    tenant_id UUID NOT NULL,
    org_node_id UUID NOT NULL,
    parent_id UUID,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    CONSTRAINT org_nodes_pkey PRIMARY KEY (tenant_id, org_node_id),
    CONSTRAINT org_nodes_kind CHECK (kind in ('federation', 'district', 'club')),
    CONSTRAINT org_nodes_root CHECK ((parent_id is null) = (kind = 'federation')),
    FOREIGN KEY(tenant_id, parent_id) REFERENCES org_nodes (tenant_id, org_node_id)
);

CREATE UNIQUE INDEX org_nodes_code ON org_nodes (tenant_id, code);

CREATE INDEX org_nodes_name ON org_nodes (tenant_id, name);

ALTER TABLE org_nodes ENABLE ROW LEVEL SECURITY;

ALTER TABLE org_nodes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON org_nodes TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON org_nodes TO carreau_app;

CREATE TABLE outbound_work (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    work_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject UUID NOT NULL,
    queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    unreachable INTEGER DEFAULT '0' NOT NULL,
    refused_for_now INTEGER DEFAULT '0' NOT NULL,
    unknown INTEGER DEFAULT '0' NOT NULL,
    sealed TEXT,
    ends_at TIMESTAMP WITH TIME ZONE,
    lease UUID,
    leased_until TIMESTAMP WITH TIME ZONE,
    started BOOLEAN DEFAULT 'false' NOT NULL,
    CONSTRAINT outbound_work_pkey PRIMARY KEY (tenant_id, generation, work_id)
);

CREATE INDEX outbound_work_due ON outbound_work (tenant_id, generation, due_at);

ALTER TABLE outbound_work ENABLE ROW LEVEL SECURITY;

ALTER TABLE outbound_work FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON outbound_work TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON outbound_work FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON outbound_work TO carreau_app;

GRANT SELECT (tenant_id, due_at, leased_until) ON outbound_work TO carreau_sweep;

CREATE TABLE personal_keys (
    tenant_id UUID NOT NULL,
    subject_id UUID NOT NULL,
    wrapped BYTEA,
    master_version INTEGER NOT NULL,
    destroyed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT personal_keys_pkey PRIMARY KEY (tenant_id, subject_id),
    CONSTRAINT personal_keys_destroyed CHECK ((wrapped is null) = (destroyed_at is not null))
);

ALTER TABLE personal_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE personal_keys FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON personal_keys TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON personal_keys TO carreau_app;

CREATE TABLE read_access_tokens (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    token_id UUID NOT NULL,
    position BIGINT NOT NULL,
    user_id UUID NOT NULL,
    label TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT read_access_tokens_pkey PRIMARY KEY (tenant_id, generation, token_id)
);

CREATE INDEX read_access_tokens_position ON read_access_tokens (tenant_id, generation, position);

CREATE INDEX read_access_tokens_user ON read_access_tokens (tenant_id, generation, user_id, position);

ALTER TABLE read_access_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_access_tokens FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_access_tokens TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_access_tokens TO carreau_app;

CREATE TABLE read_activity (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    debtor_id UUID,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    detail TEXT NOT NULL,
    amount_minor BIGINT,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT read_activity_pkey PRIMARY KEY (tenant_id, generation, position, book)
);

CREATE INDEX read_activity_listed ON read_activity (tenant_id, generation, at, book, position);

CREATE INDEX read_activity_subject ON read_activity (tenant_id, generation, subject_id, at, book, position);

ALTER TABLE read_activity ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_activity FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_activity TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_activity TO carreau_app;

CREATE TABLE read_credit_notes (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    credit_note_id UUID NOT NULL,
    position BIGINT NOT NULL,
    number TEXT NOT NULL,
    invoice_id UUID NOT NULL,
    invoice_number TEXT NOT NULL,
    issuer_id UUID NOT NULL,
    debtor_id UUID NOT NULL,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    issued_on DATE NOT NULL,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    applied_minor BIGINT NOT NULL,
    reason TEXT NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    issued_by TEXT NOT NULL,
    CONSTRAINT read_credit_notes_pkey PRIMARY KEY (tenant_id, generation, credit_note_id)
);

CREATE INDEX read_credit_notes_debtor ON read_credit_notes (tenant_id, generation, debtor_id, position);

CREATE INDEX read_credit_notes_invoice ON read_credit_notes (tenant_id, generation, invoice_id, position);

CREATE INDEX read_credit_notes_position ON read_credit_notes (tenant_id, generation, position);

ALTER TABLE read_credit_notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_credit_notes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_credit_notes TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_credit_notes TO carreau_app;

CREATE TABLE read_dashboards_debtors (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    whole BOOLEAN NOT NULL,
    debtor_id UUID NOT NULL,
    currency TEXT NOT NULL,
    issuer_org_node_id UUID NOT NULL,
    debtor_org_node_id UUID NOT NULL,
    invoices BIGINT NOT NULL,
    billed_minor BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    CONSTRAINT read_dashboards_debtors_pkey PRIMARY KEY (tenant_id, generation, whole, debtor_id, currency, issuer_org_node_id, debtor_org_node_id)
);

CREATE INDEX read_dashboards_debtors_billed ON read_dashboards_debtors (tenant_id, generation, currency, billed_minor, debtor_id) WHERE whole;

CREATE INDEX read_dashboards_debtors_open ON read_dashboards_debtors (tenant_id, generation, currency, open_minor, debtor_id) WHERE whole;

ALTER TABLE read_dashboards_debtors ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_dashboards_debtors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_dashboards_debtors TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_dashboards_debtors TO carreau_app;

CREATE TABLE read_dashboards_flows (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    side TEXT NOT NULL,
    span TEXT NOT NULL,
    period DATE NOT NULL,
    node_id UUID NOT NULL,
    issuer_node_id UUID NOT NULL,
    issuer_id UUID NOT NULL,
    currency TEXT NOT NULL,
    season TEXT NOT NULL,
    due_on DATE NOT NULL,
    issued_count BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    credited_net_minor BIGINT NOT NULL,
    credited_tax_minor BIGINT NOT NULL,
    collected_minor BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    CONSTRAINT read_dashboards_flows_pkey PRIMARY KEY (tenant_id, generation, side, span, period, node_id, issuer_node_id, issuer_id, currency, season, due_on)
);

CREATE INDEX read_dashboards_flows_node ON read_dashboards_flows (tenant_id, generation, side, node_id, span, period);

ALTER TABLE read_dashboards_flows ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_dashboards_flows FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_dashboards_flows TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_dashboards_flows TO carreau_app;

CREATE TABLE read_debtors (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    licence_type TEXT NOT NULL,
    org_node_id UUID,
    billed_tenant_id UUID,
    particulars JSONB,
    erased BOOLEAN NOT NULL,
    CONSTRAINT read_debtors_pkey PRIMARY KEY (tenant_id, generation, debtor_id)
);

CREATE INDEX read_debtors_name ON read_debtors (tenant_id, generation, name_key, debtor_id);

CREATE INDEX read_debtors_node ON read_debtors (tenant_id, generation, org_node_id);

CREATE INDEX read_debtors_reference ON read_debtors (tenant_id, generation, reference);

ALTER TABLE read_debtors ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_debtors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_debtors TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_debtors TO carreau_app;

CREATE TABLE read_debtors_words (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    debtor_id UUID NOT NULL,
    CONSTRAINT read_debtors_words_pkey PRIMARY KEY (tenant_id, generation, word, debtor_id)
);

CREATE INDEX read_debtors_words_debtor ON read_debtors_words (tenant_id, generation, debtor_id);

ALTER TABLE read_debtors_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_debtors_words FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_debtors_words TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_debtors_words TO carreau_app;

CREATE TABLE read_deliveries (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    delivery_id UUID NOT NULL,
    position BIGINT NOT NULL,
    invoice_id UUID NOT NULL,
    number TEXT NOT NULL,
    debtor_id UUID NOT NULL,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    to_address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    code INTEGER NOT NULL,
    reply TEXT NOT NULL,
    confirmation TEXT NOT NULL,
    document TEXT NOT NULL,
    queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT read_deliveries_pkey PRIMARY KEY (tenant_id, generation, delivery_id)
);

CREATE INDEX read_deliveries_invoice ON read_deliveries (tenant_id, generation, invoice_id, position);

CREATE INDEX read_deliveries_position ON read_deliveries (tenant_id, generation, position);

CREATE INDEX read_deliveries_state ON read_deliveries (tenant_id, generation, state, position);

ALTER TABLE read_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_deliveries FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_deliveries TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_deliveries TO carreau_app;

CREATE TABLE read_delivery_attempts (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    delivery_id UUID NOT NULL,
    position BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    state TEXT NOT NULL,
    code INTEGER NOT NULL,
    reply TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT read_delivery_attempts_pkey PRIMARY KEY (tenant_id, generation, delivery_id, position)
);

ALTER TABLE read_delivery_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_delivery_attempts FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_delivery_attempts TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_delivery_attempts TO carreau_app;

CREATE TABLE read_invoice_documents (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    CONSTRAINT read_invoice_documents_pkey PRIMARY KEY (tenant_id, generation, invoice_id)
);

ALTER TABLE read_invoice_documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_invoice_documents FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_invoice_documents TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_invoice_documents TO carreau_app;

CREATE TABLE read_invoice_history (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    position BIGINT NOT NULL,
    axis TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT read_invoice_history_pkey PRIMARY KEY (tenant_id, generation, invoice_id, position, axis)
);

ALTER TABLE read_invoice_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_invoice_history FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_invoice_history TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_invoice_history TO carreau_app;

CREATE TABLE read_invoice_parties (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    party_id UUID NOT NULL,
    name TEXT NOT NULL,
    reference TEXT NOT NULL,
    language TEXT NOT NULL,
    org_node_id UUID,
    CONSTRAINT read_invoice_parties_pkey PRIMARY KEY (tenant_id, generation, party_id)
);

ALTER TABLE read_invoice_parties ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_invoice_parties FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_invoice_parties TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_invoice_parties TO carreau_app;

CREATE TABLE read_invoice_words (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    subject_id UUID NOT NULL,
    personal BOOLEAN NOT NULL,
    CONSTRAINT read_invoice_words_pkey PRIMARY KEY (tenant_id, generation, word, subject_id, personal)
);

CREATE INDEX read_invoice_words_subject ON read_invoice_words (tenant_id, generation, subject_id);

ALTER TABLE read_invoice_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_invoice_words FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_invoice_words TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_invoice_words TO carreau_app;

CREATE TABLE read_invoices (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    position BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    type TEXT NOT NULL,
    historical BOOLEAN NOT NULL,
    season TEXT NOT NULL,
    language TEXT NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_name TEXT NOT NULL,
    issuer_org_node_id UUID,
    debtor_id UUID NOT NULL,
    debtor_name TEXT NOT NULL,
    debtor_reference TEXT NOT NULL,
    debtor_org_node_id UUID,
    run_id UUID,
    document_state TEXT NOT NULL,
    delivery_state TEXT NOT NULL,
    delivery_id UUID,
    issued_on DATE,
    due_on DATE,
    overdue_from TIMESTAMP WITH TIME ZONE,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    credited_minor BIGINT NOT NULL,
    document_digest TEXT NOT NULL,
    draft_version INTEGER NOT NULL,
    CONSTRAINT read_invoices_pkey PRIMARY KEY (tenant_id, generation, invoice_id)
);

CREATE INDEX read_invoices_debtor ON read_invoices (tenant_id, generation, debtor_id, position);

CREATE INDEX read_invoices_due ON read_invoices (tenant_id, generation, coalesce(due_on, DATE '9999-12-31'), position);

CREATE INDEX read_invoices_number ON read_invoices (tenant_id, generation, number, invoice_id);

CREATE INDEX read_invoices_position ON read_invoices (tenant_id, generation, position);

CREATE INDEX read_invoices_run ON read_invoices (tenant_id, generation, run_id, position) WHERE run_id IS NOT NULL;

ALTER TABLE read_invoices ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_invoices FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_invoices TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_invoices TO carreau_app;

CREATE TABLE read_issuers (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_type TEXT NOT NULL,
    issuer_tenant_id UUID NOT NULL,
    issuer_org_node_id UUID,
    identity JSONB NOT NULL,
    jurisdiction TEXT NOT NULL,
    currency TEXT NOT NULL,
    accounting_currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    language TEXT NOT NULL,
    terms_days INTEGER NOT NULL,
    exempt_sport BOOLEAN NOT NULL,
    prefix TEXT NOT NULL,
    width INTEGER NOT NULL,
    first_number BIGINT NOT NULL,
    account JSONB,
    auto_delivery BOOLEAN NOT NULL,
    CONSTRAINT read_issuers_pkey PRIMARY KEY (tenant_id, generation, issuer_id)
);

ALTER TABLE read_issuers ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_issuers FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_issuers TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_issuers TO carreau_app;

CREATE TABLE read_issuers_seasons (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    issuer_id UUID NOT NULL,
    code TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    CONSTRAINT read_issuers_seasons_pkey PRIMARY KEY (tenant_id, generation, issuer_id, code)
);

ALTER TABLE read_issuers_seasons ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_issuers_seasons FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_issuers_seasons TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_issuers_seasons TO carreau_app;

CREATE TABLE read_issuers_series (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    series TEXT NOT NULL,
    kind TEXT NOT NULL,
    issuer_id UUID,
    season TEXT NOT NULL,
    count BIGINT NOT NULL,
    first_sequence BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL,
    first_document TEXT NOT NULL,
    last_document TEXT NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    dated_back BIGINT NOT NULL,
    cancelled BIGINT NOT NULL,
    CONSTRAINT read_issuers_series_pkey PRIMARY KEY (tenant_id, generation, series)
);

ALTER TABLE read_issuers_series ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_issuers_series FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_issuers_series TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_issuers_series TO carreau_app;

CREATE TABLE read_issuers_tax_rates (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    jurisdiction TEXT NOT NULL,
    category TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    code TEXT NOT NULL,
    percent NUMERIC NOT NULL,
    en16931 TEXT NOT NULL,
    exemption_reason TEXT NOT NULL,
    exemption_code TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT read_issuers_tax_rates_pkey PRIMARY KEY (tenant_id, generation, jurisdiction, category, valid_from)
);

ALTER TABLE read_issuers_tax_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_issuers_tax_rates FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_issuers_tax_rates TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_issuers_tax_rates TO carreau_app;

CREATE TABLE read_issuers_templates (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    template_id UUID NOT NULL,
    issuer_id UUID,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    is_default BOOLEAN NOT NULL,
    content JSONB NOT NULL,
    CONSTRAINT read_issuers_templates_pkey PRIMARY KEY (tenant_id, generation, template_id)
);

ALTER TABLE read_issuers_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_issuers_templates FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_issuers_templates TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_issuers_templates TO carreau_app;

CREATE TABLE read_ledger_balances (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    side TEXT NOT NULL,
    span TEXT NOT NULL,
    period DATE NOT NULL,
    node_id UUID NOT NULL,
    issuer_node_id UUID NOT NULL,
    issuer_id UUID NOT NULL,
    currency TEXT NOT NULL,
    account TEXT NOT NULL,
    debit_minor BIGINT NOT NULL,
    credit_minor BIGINT NOT NULL,
    CONSTRAINT read_ledger_balances_pkey PRIMARY KEY (tenant_id, generation, side, span, period, node_id, issuer_node_id, issuer_id, currency, account)
);

CREATE INDEX read_ledger_balances_node ON read_ledger_balances (tenant_id, generation, side, node_id, span, period);

ALTER TABLE read_ledger_balances ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_ledger_balances FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_ledger_balances TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_ledger_balances TO carreau_app;

CREATE TABLE read_ledger_postings (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    position BIGINT NOT NULL,
    line INTEGER NOT NULL,
    booked_on DATE NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    tax_code TEXT NOT NULL,
    debtor_id UUID,
    stream_id UUID NOT NULL,
    event_type TEXT NOT NULL,
    document TEXT NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_org_node_id UUID,
    CONSTRAINT read_ledger_postings_pkey PRIMARY KEY (tenant_id, generation, position, line)
);

CREATE INDEX read_ledger_postings_account ON read_ledger_postings (tenant_id, generation, account, booked_on, position, line);

CREATE INDEX read_ledger_postings_stream ON read_ledger_postings (tenant_id, generation, stream_id);

ALTER TABLE read_ledger_postings ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_ledger_postings FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_ledger_postings TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_ledger_postings TO carreau_app;

CREATE TABLE read_ledger_vat (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    month DATE NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_org_node_id UUID NOT NULL,
    currency TEXT NOT NULL,
    category_code TEXT NOT NULL,
    percent NUMERIC NOT NULL,
    base_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    documents BIGINT NOT NULL,
    CONSTRAINT read_ledger_vat_pkey PRIMARY KEY (tenant_id, generation, month, issuer_id, issuer_org_node_id, currency, category_code, percent)
);

ALTER TABLE read_ledger_vat ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_ledger_vat FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_ledger_vat TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_ledger_vat TO carreau_app;

CREATE TABLE read_notifications (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    position BIGINT NOT NULL,
    part INTEGER NOT NULL,
    name TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    invoice_id UUID,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    payload JSONB NOT NULL,
    CONSTRAINT read_notifications_pkey PRIMARY KEY (tenant_id, generation, position, part)
);

CREATE INDEX read_notifications_invoice ON read_notifications (tenant_id, generation, invoice_id, position);

ALTER TABLE read_notifications ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_notifications FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_notifications TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_notifications TO carreau_app;

CREATE TABLE read_payment_allocations (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    payment_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    invoice_id UUID NOT NULL,
    number TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    CONSTRAINT read_payment_allocations_pkey PRIMARY KEY (tenant_id, generation, payment_id, seq)
);

CREATE INDEX read_payment_allocations_invoice ON read_payment_allocations (tenant_id, generation, invoice_id, payment_id);

ALTER TABLE read_payment_allocations ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_payment_allocations FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_payment_allocations TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_payment_allocations TO carreau_app;

CREATE TABLE read_payments (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    payment_id UUID NOT NULL,
    position BIGINT NOT NULL,
    debtor_id UUID NOT NULL,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    method TEXT NOT NULL,
    received_on DATE NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    unallocated_minor BIGINT NOT NULL,
    reference TEXT NOT NULL,
    notes TEXT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    registered_by TEXT NOT NULL,
    CONSTRAINT read_payments_pkey PRIMARY KEY (tenant_id, generation, payment_id)
);

CREATE INDEX read_payments_debtor ON read_payments (tenant_id, generation, debtor_id, position);

CREATE INDEX read_payments_position ON read_payments (tenant_id, generation, position);

ALTER TABLE read_payments ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_payments FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_payments TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_payments TO carreau_app;

CREATE TABLE read_receivables_balances (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    currency TEXT NOT NULL,
    open_minor BIGINT NOT NULL,
    open_count BIGINT NOT NULL,
    CONSTRAINT read_receivables_balances_pkey PRIMARY KEY (tenant_id, generation, debtor_id, currency)
);

CREATE INDEX read_receivables_balances_largest ON read_receivables_balances (tenant_id, generation, open_minor, currency, debtor_id) WHERE open_minor != 0;

ALTER TABLE read_receivables_balances ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_receivables_balances FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_receivables_balances TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_receivables_balances TO carreau_app;

CREATE TABLE read_receivables_debtors (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    org_node_id UUID,
    CONSTRAINT read_receivables_debtors_pkey PRIMARY KEY (tenant_id, generation, debtor_id)
);

CREATE INDEX read_receivables_debtors_reference ON read_receivables_debtors (tenant_id, generation, reference, debtor_id);

ALTER TABLE read_receivables_debtors ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_receivables_debtors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_receivables_debtors TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_receivables_debtors TO carreau_app;

CREATE TABLE read_receivables_entries (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    position BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    invoice_id UUID,
    invoice_number TEXT NOT NULL,
    document TEXT NOT NULL,
    debtor_id UUID NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_org_node_id UUID,
    debtor_org_node_id UUID,
    currency TEXT NOT NULL,
    issued_on DATE,
    due_on DATE,
    booked_on DATE NOT NULL,
    effective_on DATE NOT NULL,
    amount_minor BIGINT NOT NULL,
    open_delta BIGINT NOT NULL,
    CONSTRAINT read_receivables_entries_pkey PRIMARY KEY (tenant_id, generation, position, seq)
);

CREATE INDEX read_receivables_entries_debtor ON read_receivables_entries (tenant_id, generation, debtor_id);

CREATE INDEX read_receivables_entries_effective ON read_receivables_entries (tenant_id, generation, effective_on);

CREATE INDEX read_receivables_entries_invoice ON read_receivables_entries (tenant_id, generation, invoice_id);

ALTER TABLE read_receivables_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_receivables_entries FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_receivables_entries TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_receivables_entries TO carreau_app;

CREATE TABLE read_receivables_open (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    side TEXT NOT NULL,
    span TEXT NOT NULL,
    period DATE NOT NULL,
    node_id UUID NOT NULL,
    issuer_node_id UUID NOT NULL,
    issuer_id UUID NOT NULL,
    currency TEXT NOT NULL,
    due_on DATE NOT NULL,
    open_minor BIGINT NOT NULL,
    open_count BIGINT NOT NULL,
    CONSTRAINT read_receivables_open_pkey PRIMARY KEY (tenant_id, generation, side, span, period, node_id, issuer_node_id, issuer_id, currency, due_on)
);

CREATE INDEX read_receivables_open_node ON read_receivables_open (tenant_id, generation, side, node_id, span, period);

ALTER TABLE read_receivables_open ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_receivables_open FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_receivables_open TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_receivables_open TO carreau_app;

CREATE TABLE read_received (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    document_id UUID NOT NULL,
    position BIGINT NOT NULL,
    source_tenant_id UUID NOT NULL,
    source_invoice_id UUID NOT NULL,
    source_position BIGINT NOT NULL,
    issuer_name TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_on DATE NOT NULL,
    due_on DATE NOT NULL,
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    state TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT read_received_pkey PRIMARY KEY (tenant_id, generation, document_id)
);

CREATE INDEX read_received_position ON read_received (tenant_id, generation, position);

ALTER TABLE read_received ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_received FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_received TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_received TO carreau_app;

CREATE TABLE read_run_issuers (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    issuer_id UUID NOT NULL,
    name TEXT NOT NULL,
    org_node_id UUID,
    CONSTRAINT read_run_issuers_pkey PRIMARY KEY (tenant_id, generation, issuer_id)
);

ALTER TABLE read_run_issuers ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_run_issuers FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_run_issuers TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_run_issuers TO carreau_app;

CREATE TABLE read_run_outcomes (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    run_id UUID NOT NULL,
    position BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    debtor_id UUID NOT NULL,
    outcome TEXT NOT NULL,
    invoice_id UUID,
    number TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    CONSTRAINT read_run_outcomes_pkey PRIMARY KEY (tenant_id, generation, run_id, position, seq)
);

ALTER TABLE read_run_outcomes ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_run_outcomes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_run_outcomes TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_run_outcomes TO carreau_app;

CREATE TABLE read_runs (
    tenant_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    run_id UUID NOT NULL,
    position BIGINT NOT NULL,
    issuer_id UUID NOT NULL,
    issuer_name TEXT NOT NULL,
    issuer_org_node_id UUID,
    kind TEXT NOT NULL,
    season TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_on DATE NOT NULL,
    deliver BOOLEAN NOT NULL,
    override_reason TEXT NOT NULL,
    components TEXT NOT NULL,
    state TEXT NOT NULL,
    members INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    chunks_done INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    total_minor BIGINT NOT NULL,
    started_by TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    stop_reason TEXT NOT NULL,
    CONSTRAINT read_runs_pkey PRIMARY KEY (tenant_id, generation, run_id)
);

CREATE INDEX read_runs_position ON read_runs (tenant_id, generation, position);

ALTER TABLE read_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE read_runs FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON read_runs TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_runs TO carreau_app;

CREATE TABLE rebuild_requests (
    tenant_id UUID NOT NULL,
    projection TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    failed TEXT,
    CONSTRAINT rebuild_requests_pkey PRIMARY KEY (tenant_id, projection)
);

ALTER TABLE rebuild_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE rebuild_requests FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON rebuild_requests TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON rebuild_requests FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON rebuild_requests TO carreau_app;

GRANT SELECT (tenant_id, failed) ON rebuild_requests TO carreau_sweep;

CREATE TABLE reference_rates (
    currency TEXT NOT NULL,
    published_on DATE NOT NULL,
    source TEXT DEFAULT 'ECB' NOT NULL,
    per_euro NUMERIC NOT NULL,
    PRIMARY KEY (currency, published_on, source)
);

GRANT SELECT, INSERT ON reference_rates TO carreau_app;

CREATE TABLE signed_checkpoints (
    tenant_id UUID NOT NULL,
    book TEXT NOT NULL,
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    signed_on DATE NOT NULL,
    public_key BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    CONSTRAINT signed_checkpoints_pkey PRIMARY KEY (tenant_id, book, position)
);

ALTER TABLE signed_checkpoints ENABLE ROW LEVEL SECURITY;

ALTER TABLE signed_checkpoints FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON signed_checkpoints TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY sweep ON signed_checkpoints FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT, INSERT ON signed_checkpoints TO carreau_app;

GRANT SELECT (tenant_id, book, position, signed_on) ON signed_checkpoints TO carreau_sweep;

CREATE TABLE users (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (tenant_id, user_id)
);

CREATE UNIQUE INDEX users_email ON users (tenant_id, email);

ALTER TABLE users ENABLE ROW LEVEL SECURITY;

ALTER TABLE users FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON users TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON users TO carreau_app;

CREATE TABLE grants (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    role TEXT NOT NULL,
    org_node_id UUID NOT NULL,
    CONSTRAINT grants_pkey PRIMARY KEY (tenant_id, user_id, role, org_node_id),
    FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id),
    FOREIGN KEY(tenant_id, org_node_id) REFERENCES org_nodes (tenant_id, org_node_id)
);

ALTER TABLE grants ENABLE ROW LEVEL SECURITY;

ALTER TABLE grants FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON grants TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, DELETE ON grants TO carreau_app;

CREATE TABLE identity_accounts (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    password_hash TEXT,
    password_changed_at TIMESTAMP WITH TIME ZONE,
    totp_sealed TEXT,
    totp_confirmed BOOLEAN DEFAULT 'false' NOT NULL,
    totp_step BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT identity_accounts_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT identity_accounts_user FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

ALTER TABLE identity_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_accounts FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_accounts TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_accounts TO carreau_app;

CREATE TABLE identity_clients (
    tenant_id UUID NOT NULL,
    client_id UUID NOT NULL,
    name TEXT NOT NULL,
    capabilities TEXT[] NOT NULL,
    org_node_id UUID NOT NULL,
    public_jwk TEXT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT identity_clients_pkey PRIMARY KEY (tenant_id, client_id),
    FOREIGN KEY(tenant_id, org_node_id) REFERENCES org_nodes (tenant_id, org_node_id)
);

ALTER TABLE identity_clients ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_clients FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_clients TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_clients TO carreau_app;

CREATE TABLE identity_passkeys (
    tenant_id UUID NOT NULL,
    passkey_id UUID NOT NULL,
    user_id UUID NOT NULL,
    credential_id BYTEA NOT NULL,
    public_key BYTEA NOT NULL,
    sign_count BIGINT NOT NULL,
    label TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT identity_passkeys_pkey PRIMARY KEY (tenant_id, passkey_id),
    CONSTRAINT identity_passkeys_user FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

CREATE UNIQUE INDEX identity_passkeys_credential ON identity_passkeys (tenant_id, credential_id);

CREATE INDEX identity_passkeys_user_id ON identity_passkeys (tenant_id, user_id);

ALTER TABLE identity_passkeys ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_passkeys FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_passkeys TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_passkeys TO carreau_app;

CREATE TABLE identity_recovery_codes (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    CONSTRAINT identity_recovery_codes_pkey PRIMARY KEY (tenant_id, user_id, digest),
    CONSTRAINT identity_recovery_codes_user FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

ALTER TABLE identity_recovery_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_recovery_codes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_recovery_codes TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_recovery_codes TO carreau_app;

CREATE TABLE identity_sessions (
    tenant_id UUID NOT NULL,
    session_id UUID NOT NULL,
    user_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    method TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fresh_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    device TEXT NOT NULL,
    CONSTRAINT identity_sessions_pkey PRIMARY KEY (tenant_id, session_id),
    CONSTRAINT identity_sessions_user FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id)
);

CREATE UNIQUE INDEX identity_sessions_digest ON identity_sessions (tenant_id, digest);

CREATE INDEX identity_sessions_user_id ON identity_sessions (tenant_id, user_id);

ALTER TABLE identity_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_sessions FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_sessions TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_sessions TO carreau_app;

CREATE TABLE identity_subjects (
    tenant_id UUID NOT NULL,
    provider_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    user_id UUID NOT NULL,
    CONSTRAINT identity_subjects_pkey PRIMARY KEY (tenant_id, provider_id, digest),
    CONSTRAINT identity_subjects_user FOREIGN KEY(tenant_id, user_id) REFERENCES users (tenant_id, user_id),
    FOREIGN KEY(tenant_id, provider_id) REFERENCES identity_providers (tenant_id, provider_id) ON DELETE CASCADE
);

ALTER TABLE identity_subjects ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_subjects FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_subjects TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_subjects TO carreau_app;

CREATE TABLE org_closure (
    tenant_id UUID NOT NULL,
    ancestor_id UUID NOT NULL,
    descendant_id UUID NOT NULL,
    depth INTEGER NOT NULL,
    CONSTRAINT org_closure_pkey PRIMARY KEY (tenant_id, ancestor_id, descendant_id),
    FOREIGN KEY(tenant_id, ancestor_id) REFERENCES org_nodes (tenant_id, org_node_id),
    FOREIGN KEY(tenant_id, descendant_id) REFERENCES org_nodes (tenant_id, org_node_id)
);

CREATE INDEX org_closure_descendant ON org_closure (tenant_id, descendant_id);

ALTER TABLE org_closure ENABLE ROW LEVEL SECURITY;

ALTER TABLE org_closure FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON org_closure TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT ON org_closure TO carreau_app;

CREATE TABLE identity_access_tokens (
    tenant_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    client_id UUID NOT NULL,
    capabilities TEXT[] NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT identity_access_tokens_pkey PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY(tenant_id, client_id) REFERENCES identity_clients (tenant_id, client_id)
);

CREATE INDEX identity_access_tokens_age ON identity_access_tokens (tenant_id, expires_at);

ALTER TABLE identity_access_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity_access_tokens FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity_access_tokens TO carreau_app
    USING (tenant_id = current_setting('app.tenant_id')::uuid)
    WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_access_tokens TO carreau_app;
