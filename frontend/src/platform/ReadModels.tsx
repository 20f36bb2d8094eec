/** Every read model against the journal, asked again while something is on its way; and having one computed anew. */
import { CircleCheck, CircleX, Hourglass, RefreshCw, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { ReadModelsQuery } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { Button } from "../ui/Button";
import { CommandFailed } from "../ui/failures";
import { Card, Progress, SkeletonLines, Status } from "../ui/parts";
import { toast } from "../ui/toasts";
import { REBUILD } from "./commands";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

const MODELS = graphql(`
  query ReadModels($id: ID!) {
    platformTenant(id: $id) {
      id
      standing {
        head
        projections {
          name
          position
          behind
          seconds
          stale
          halted
          canBeRebuilt
          rebuiltTo
          rebuildAskedAt
          rebuildFailed
        }
      }
    }
  }
`);

type Standing = NonNullable<ReadModelsQuery["platformTenant"]>["standing"];
type Model = Standing["projections"][number];

// So often a page asks again while something moves, and while nothing does.
const MOVING_MS = 1_500;
const RESTING_MS = 15_000;

export function ReadModels({ id }: { readonly id: string }) {
  const t = useMessages();
  const [{ data }, ask] = useQuery({ query: MODELS, variables: { id }, requestPolicy: "cache-and-network" });
  const command = useCommand(REBUILD);
  const standing = data?.platformTenant?.standing;
  const moving = standing?.projections.some(isMoving) ?? false;
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: "network-only" }), moving ? MOVING_MS : RESTING_MS);
    return () => clearInterval(timer);
  }, [ask, moving]);
  const rebuild = async (projection: string) => {
    const came = await command.run({ tenantId: id, projection, idempotencyKey: newKey() });
    if (came.kind !== "done") return;
    toast(t.rebuildAsked(projection));
    ask({ requestPolicy: "network-only" });
  };
  return (
    <Card title={t.readModels}>
      <CommandFailed outcome={command.outcome} />
      {!standing && <SkeletonLines lines={6} />}
      {standing && (
        <Table
          label={t.readModels} rows={standing.projections} keyOf={({ name }) => name}
          columns={[
            { head: t.readModel, names: true, cell: ({ name }) => name },
            { head: t.stateLabel, cell: (each) => <ModelState model={each} head={standing.head} /> },
            { head: t.position, end: true, wideOnly: true, cell: ({ position }) => position },
            { head: t.behind, end: true, wideOnly: true, cell: ({ behind }) => behind },
            { head: t.seconds, end: true, cell: ({ seconds }) => seconds },
            {
              head: t.rebuild, end: true,
              cell: (each) =>
                each.canBeRebuilt && (
                  <Button small isDisabled={command.busy || isMoving(each)} aria-label={`${t.rebuild}: ${each.name}`} onPress={() => void rebuild(each.name)}>
                    <RefreshCw aria-hidden /> {t.rebuild}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function ModelState({ model, head }: { readonly model: Model; readonly head: string }) {
  const t = useMessages();
  if (model.rebuildFailed) {
    return (
      <>
        <Status tone="bad" icon={CircleX}>{t.rebuildFailed}</Status>
        <div className="small soft" lang="en">{model.rebuildFailed}</div>
      </>
    );
  }
  if (model.rebuildAskedAt && model.rebuiltTo != null) return <Progress label={t.rebuilding} done={Number(model.rebuiltTo)} of={Number(head)} />;
  if (model.rebuildAskedAt) return <Status tone="info" icon={Hourglass}>{t.rebuildWaits}</Status>;
  if (model.halted) {
    return (
      <>
        <Status tone="bad" icon={CircleX}>{t.halted}</Status>
        <div className="small soft" lang="en">{model.halted}</div>
      </>
    );
  }
  return model.stale ? <Status tone="warn" icon={TriangleAlert}>{t.behindWord}</Status> : <Status tone="good" icon={CircleCheck}>{t.current}</Status>;
}

function isMoving(model: Model): boolean {
  return model.rebuildAskedAt != null && model.rebuildFailed === "";
}
