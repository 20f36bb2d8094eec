-- What the tables' declarations cannot say: the functions by which the application role, which may not read the
-- directory, asks it one question at a time. Written by hand. Each runs with its owner's rights, so each looks no further
-- than its arguments or its scope's tenant, and nobody but the application role may call it.

CREATE FUNCTION directory_resolve_token(presented bytea)
       RETURNS TABLE (tenant_id uuid, user_id uuid, token_id uuid)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT tenant_id, user_id, token_id FROM directory_credentials
          WHERE digest = presented AND revoked_at IS NULL AND expires_at > now() $$;

REVOKE ALL ON FUNCTION directory_resolve_token(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_resolve_token(bytea) TO carreau_app;

CREATE FUNCTION directory_resolve_slug(asked text) RETURNS TABLE (tenant_id uuid, kind text, name text)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT tenant_id, kind, name FROM directory_tenants WHERE slug = asked $$;

REVOKE ALL ON FUNCTION directory_resolve_slug(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_resolve_slug(text) TO carreau_app;

CREATE FUNCTION directory_tenant(asked uuid) RETURNS TABLE (slug text, kind text, name text, time_zone text)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT slug, kind, name, time_zone FROM directory_tenants
          WHERE tenant_id = asked AND asked = current_setting('app.tenant_id')::uuid $$;

REVOKE ALL ON FUNCTION directory_tenant(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_tenant(uuid) TO carreau_app;

CREATE FUNCTION directory_add_credential(presented bytea, token uuid, owner uuid, until timestamptz) RETURNS void
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ INSERT INTO directory_credentials (digest, tenant_id, token_id, user_id, expires_at)
          VALUES (presented, current_setting('app.tenant_id')::uuid, token, owner, until) $$;

REVOKE ALL ON FUNCTION directory_add_credential(bytea, uuid, uuid, timestamptz) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_add_credential(bytea, uuid, uuid, timestamptz) TO carreau_app;

CREATE FUNCTION directory_revoke_credential(token uuid) RETURNS boolean
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ UPDATE directory_credentials SET revoked_at = now()
          WHERE token_id = token AND tenant_id = current_setting('app.tenant_id')::uuid AND revoked_at IS NULL
          RETURNING true $$;

REVOKE ALL ON FUNCTION directory_revoke_credential(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_revoke_credential(uuid) TO carreau_app;

CREATE FUNCTION directory_throttle(asked bytea, moment timestamptz, allowed integer, shortest interval,
                                          longest interval, memory interval) RETURNS timestamptz
       LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ DECLARE seen directory_throttles; counted integer; BEGIN
          INSERT INTO directory_throttles (key, failures, last_at) VALUES (asked, 0, moment) ON CONFLICT DO NOTHING;
          SELECT * INTO seen FROM directory_throttles WHERE key = asked FOR UPDATE;
          IF seen.blocked_until > moment THEN RETURN seen.blocked_until; END IF;
          counted := CASE WHEN seen.last_at < moment - memory THEN 1 ELSE seen.failures + 1 END;
          UPDATE directory_throttles SET failures = counted, last_at = moment, blocked_until =
             CASE WHEN counted >= allowed
                  THEN moment + least(longest, shortest * power(2, least(counted - allowed, 20))) END
             WHERE key = asked;
          DELETE FROM directory_throttles WHERE key IN (SELECT key FROM directory_throttles
             WHERE last_at < moment - interval '2 days' AND key <> asked LIMIT 5 FOR UPDATE SKIP LOCKED);
          RETURN NULL; END $$;

REVOKE ALL ON FUNCTION directory_throttle(bytea, timestamptz, integer, interval, interval, interval) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_throttle(bytea, timestamptz, integer, interval, interval, interval) TO carreau_app;

CREATE FUNCTION directory_forgive(asked bytea, everything boolean) RETURNS void
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ UPDATE directory_throttles SET failures = CASE WHEN everything THEN 0 ELSE greatest(failures - 1, 0) END,
          blocked_until = NULL WHERE key = asked $$;

REVOKE ALL ON FUNCTION directory_forgive(bytea, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_forgive(bytea, boolean) TO carreau_app;

CREATE FUNCTION directory_governed(wanted uuid[], searched text, beyond text, most integer)
       RETURNS TABLE (tenant_id uuid, slug text, kind text, name text, time_zone text, created_at timestamptz)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ SELECT t.tenant_id, t.slug, t.kind, t.name, t.time_zone, t.created_at FROM directory_tenants t
          JOIN directory_tenants p ON p.tenant_id = t.platform_id AND p.kind = 'platform'
          WHERE t.platform_id = current_setting('app.tenant_id')::uuid
          AND (wanted IS NULL OR t.tenant_id = ANY(wanted)) AND t.slug > beyond
          AND position(lower(searched) IN lower(t.slug || ' ' || t.name)) > 0
          ORDER BY t.slug LIMIT least(most, 500) $$;

REVOKE ALL ON FUNCTION directory_governed(uuid[], text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_governed(uuid[], text, text, integer) TO carreau_app;

CREATE FUNCTION directory_open(opened uuid, named text, sort text, called text, zone text, at timestamptz) RETURNS boolean
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ INSERT INTO directory_tenants (tenant_id, slug, kind, name, time_zone, created_at, platform_id)
          SELECT opened, named, sort, called, zone, at, p.tenant_id FROM directory_tenants p
          WHERE p.tenant_id = current_setting('app.tenant_id')::uuid AND p.kind = 'platform' AND sort <> 'platform'
          ON CONFLICT DO NOTHING RETURNING true $$;

REVOKE ALL ON FUNCTION directory_open(uuid, text, text, text, text, timestamptz) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_open(uuid, text, text, text, text, timestamptz) TO carreau_app;

CREATE FUNCTION directory_move(zone text) RETURNS boolean
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ UPDATE directory_tenants SET time_zone = zone
          WHERE tenant_id = current_setting('app.tenant_id')::uuid RETURNING true $$;

REVOKE ALL ON FUNCTION directory_move(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION directory_move(text) TO carreau_app;

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

CREATE FUNCTION journal_prune(until bigint) RETURNS bigint
       LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
       $$ WITH gone AS (DELETE FROM journal_events e
          WHERE e.tenant_id = current_setting('app.tenant_id')::uuid AND e.book = 'access' AND e.position <= until
          AND EXISTS (SELECT FROM journal_events a JOIN signed_checkpoints s USING (tenant_id, book, position, hash)
             WHERE a.tenant_id = current_setting('app.tenant_id')::uuid AND a.book = 'access' AND a.position = until
             AND a.recorded_at < now() - interval '400 days') RETURNING 1) SELECT count(*) FROM gone $$;

REVOKE ALL ON FUNCTION journal_prune(bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION journal_prune(bigint) TO carreau_app;
