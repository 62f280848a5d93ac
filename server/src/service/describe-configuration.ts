import { stringify } from "yaml";
import type { Models } from "../libraries/model.ts";
import type { RuleMeta } from "../model/finding.ts";
import type { Configuration } from "../workspace/configuration.ts";

/** The configuration in force, written as a `remit.yaml` would be. */
export function describeConfiguration(configuration: Configuration, rules: readonly RuleMeta[]): string {
  const levels = Object.fromEntries(rules.map((rule) => [rule.id, configuration.rules.get(rule.id) ?? rule.default]));
  return stringify({
    lint: {
      rules: levels,
      types: configuration.types,
      ignore: configuration.ignore.map(({ path, rule, permission, reason, expires }) => ({
        path,
        rule,
        ...(permission ? { permission } : {}),
        reason,
        ...(expires ? { expires } : {}),
      })),
    },
    granted: configuration.granted.map(({ provider, service, permissions, reason }) => ({
      ...(provider ? { provider } : {}),
      ...(service ? { service } : {}),
      permissions,
      ...(reason ? { reason } : {}),
    })),
    ...(configuration.agents === undefined ? {} : { agents: configuration.agents }),
    ...(configuration.models.length === 0
      ? {}
      : { models: Object.assign({}, ...configuration.models.map(({ models }) => models)) as Models }),
    ...(configuration.extends === undefined ? {} : { extends: configuration.extends }),
  });
}
