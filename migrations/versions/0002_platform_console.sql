-- The platform's console. Never edited: a change is a new revision.

ALTER TABLE directory_tenants ADD COLUMN platform_id UUID, ADD COLUMN halted_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX directory_tenants_platform ON directory_tenants (platform_id, slug);

UPDATE directory_tenants SET platform_id = tenant_id WHERE kind = 'platform';

UPDATE directory_tenants SET platform_id = (SELECT p.tenant_id FROM directory_tenants p WHERE p.kind = 'platform')
WHERE kind <> 'platform' AND (SELECT count(*) FROM directory_tenants p WHERE p.kind = 'platform') = 1;

CREATE FUNCTION directory_governed(wanted uuid[], searched text, beyond text, most integer)
       RETURNS TABLE (tenant_id uuid, slug text, kind text, name text, created_at timestamptz)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT t.tenant_id, t.slug, t.kind, t.name, t.created_at FROM directory_tenants t
          JOIN directory_tenants p ON p.tenant_id = t.platform_id AND p.kind = 'platform'
          WHERE t.platform_id = current_setting('app.tenant_id')::uuid
          AND (wanted IS NULL OR t.tenant_id = ANY(wanted)) AND t.slug > beyond
          AND position(lower(searched) IN lower(t.slug || ' ' || t.name)) > 0
          ORDER BY t.slug LIMIT least(most, 500) $$;

REVOKE ALL ON FUNCTION directory_governed(uuid[], text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_governed(uuid[], text, text, integer) TO carreau_app;

CREATE FUNCTION directory_open(opened uuid, named text, sort text, called text, at timestamptz) RETURNS boolean
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ INSERT INTO directory_tenants (tenant_id, slug, kind, name, created_at, platform_id)
          SELECT opened, named, sort, called, at, p.tenant_id FROM directory_tenants p
          WHERE p.tenant_id = current_setting('app.tenant_id')::uuid AND p.kind = 'platform' AND sort <> 'platform'
          ON CONFLICT DO NOTHING RETURNING true $$;

REVOKE ALL ON FUNCTION directory_open(uuid, text, text, text, timestamptz) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_open(uuid, text, text, text, timestamptz) TO carreau_app;

CREATE FUNCTION directory_halt(since timestamptz) RETURNS boolean
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ UPDATE directory_tenants SET halted_at = since
          WHERE tenant_id = current_setting('app.tenant_id')::uuid AND kind = 'platform' RETURNING true $$;

REVOKE ALL ON FUNCTION directory_halt(timestamptz) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_halt(timestamptz) TO carreau_app;

CREATE FUNCTION directory_halted() RETURNS timestamptz
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT p.halted_at FROM directory_tenants t JOIN directory_tenants p ON p.tenant_id = t.platform_id
          WHERE t.tenant_id = current_setting('app.tenant_id')::uuid $$;

REVOKE ALL ON FUNCTION directory_halted() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_halted() TO carreau_app;

CREATE TABLE operator_looks (
    tenant_id UUID NOT NULL,
    operator_id UUID NOT NULL,
    reason TEXT NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT operator_looks_pkey PRIMARY KEY (tenant_id, operator_id)
);

ALTER TABLE operator_looks ENABLE ROW LEVEL SECURITY;

ALTER TABLE operator_looks FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON operator_looks TO carreau_app USING (tenant_id = current_setting('app.tenant_id')::uuid) WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE ON operator_looks TO carreau_app;

CREATE TABLE rebuild_requests (
    tenant_id UUID NOT NULL,
    projection TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    failed TEXT,
    CONSTRAINT rebuild_requests_pkey PRIMARY KEY (tenant_id, projection)
);

ALTER TABLE rebuild_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE rebuild_requests FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON rebuild_requests TO carreau_app USING (tenant_id = current_setting('app.tenant_id')::uuid) WITH CHECK (tenant_id = current_setting('app.tenant_id')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON rebuild_requests TO carreau_app;

CREATE POLICY sweep ON rebuild_requests FOR SELECT TO carreau_sweep USING (true);

GRANT SELECT (tenant_id, failed) ON rebuild_requests TO carreau_sweep;
