-- Files that come with invoices, by person. Never edited: a change is a new revision.

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

CREATE POLICY tenant ON inline_attachment_uses TO carreau_app USING (tenant_id = current_setting('app.tenant_id')::uuid) WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON inline_attachment_uses TO carreau_app;

CREATE TABLE forgotten_files (
    tenant_id UUID NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT forgotten_files_pkey PRIMARY KEY (tenant_id, digest)
);

ALTER TABLE forgotten_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE forgotten_files FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON forgotten_files TO carreau_app USING (tenant_id = current_setting('app.tenant_id')::uuid) WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, DELETE ON forgotten_files TO carreau_app;
