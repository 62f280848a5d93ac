import type { Effect } from "../../model/effect.ts";
import type { FactSource } from "../../model/pack.ts";

/**
 * What well-known commands do, where that does not hang on anything but their first words: `git status` reads whatever comes
 * after it, `git branch` may read or write. The words are those of the manual pages in the packages that are named.
 */
export interface Program {
  readonly names: readonly string[];
  readonly source: FactSource;
  /** Options before the verb that take a word of their own: `-C folder`. */
  readonly valued?: readonly string[];
  /** By its first word or words after the options; parted by spaces, `pr_view` for `pr view`. */
  readonly verbs?: Readonly<Partial<Record<Effect, string>>>;
  /** Of a program without verbs. */
  readonly effect?: Effect;
  /** Options with which nothing can be said. */
  readonly unless?: RegExp;
  /** What a model writes into its words leaves the machine: hosts, queries, content. */
  readonly reachesOut?: true;
}

const debian = (name: string, version: string, licence: string): FactSource => ({
  name,
  version,
  date: "2026-11-22",
  licence,
});

const GIT = debian("Debian package git-man", "1:2.39.5-0+deb12u3", "GPL-2.0");
const GH = debian("Debian package gh", "2.23.0+dfsg1-1", "MIT");
const KUBECTL = debian("Debian package kubernetes-client", "1.20.5+really1.20.2-1.1+deb12u1", "Apache-2.0");
const DOCKER = debian("Debian package docker.io", "20.10.24+dfsg1-1+deb12u1", "Apache-2.0");
const NPM: FactSource = { name: "npm", version: "12.2.2", date: "2026-11-22", licence: "Artistic-2.0" };
const COREUTILS = debian("Debian package coreutils", "9.1-1", "GPL-3.0");
const FINDUTILS = debian("Debian package findutils", "4.9.0-4", "GPL-3.0");
const GREP = debian("Debian package grep", "3.8-5", "GPL-3.0");
const RIPGREP = debian("Debian package ripgrep", "13.0.0-4", "MIT");
const PROCPS = debian("Debian package procps", "2:4.0.2-3", "GPL-2.0");
const WHICH = debian("Debian package debianutils", "5.7-0.5~deb12u1", "GPL-2.0");
const CURL = debian("Debian package curl", "7.88.1-10+deb12u15", "curl");

const words = (text: string): readonly string[] => text.split(" ");

export const PROGRAMS: readonly Program[] = [
  {
    names: ["git"],
    source: GIT,
    valued: words("-C -c --exec-path --git-dir --work-tree --namespace"),
    unless: /^--(?:output|ext-diff|open-files-in-pager|upload-pack|exec)\b|^-O/,
    verbs: {
      read: "annotate blame cat-file check-attr check-ignore cherry count-objects describe diff diff-files diff-index diff-tree for-each-ref grep help log ls-files ls-remote ls-tree merge-base name-rev range-diff rev-list rev-parse shortlog show show-branch show-ref status var verify-commit verify-pack verify-tag version whatchanged",
      create: "clone commit init",
      update:
        "add am apply checkout cherry-pick fetch gc merge mv pull rebase reset restore revert switch update-index",
      delete: "clean rm",
      send: "push",
    },
  },
  {
    names: ["gh"],
    source: GH,
    unless: /^--web$|^-w$/,
    verbs: {
      read: "auth_status config_get config_list gist_list gist_view issue_list issue_status issue_view label_list pr_checks pr_diff pr_list pr_status pr_view release_list release_view repo_list repo_view run_list run_view search_commits search_issues search_prs search_repos secret_list status workflow_list workflow_view",
      create: "gist_create issue_create label_create pr_create release_create repo_create repo_fork",
      update:
        "issue_close issue_edit issue_lock issue_reopen issue_transfer label_edit pr_close pr_edit pr_lock pr_merge pr_ready pr_reopen release_edit repo_archive repo_edit repo_rename secret_set",
      delete: "gist_delete issue_delete label_delete release_delete release_delete-asset repo_delete secret_delete",
      send: "issue_comment pr_comment pr_review",
      execute: "run_rerun workflow_run extension_exec",
    },
  },
  {
    names: ["kubectl"],
    source: KUBECTL,
    valued: words("-n --namespace --context --cluster --kubeconfig -s --server --user --token --as --request-timeout"),
    verbs: {
      read: "api-resources api-versions auth_can-i config_current-context config_get-contexts config_view describe diff explain get logs rollout_history rollout_status top version wait",
      create: "autoscale create expose",
      update:
        "annotate apply cordon drain edit label patch replace rollout_pause rollout_restart rollout_resume rollout_undo scale set taint uncordon",
      delete: "delete",
      execute: "attach debug exec run",
    },
  },
  {
    names: ["docker"],
    source: DOCKER,
    valued: words("--config -c --context -H --host -l --log-level"),
    verbs: {
      read: "container_inspect container_logs container_ls container_stats container_top context_ls diff events history image_history image_inspect image_ls images info inspect logs network_inspect network_ls port ps search stats system_df system_info top volume_inspect volume_ls wait",
      create: "build commit create image_build image_pull network_create pull tag volume_create",
      update: "container_restart container_start container_stop kill pause rename restart start stop unpause update",
      delete:
        "container_prune container_rm image_prune image_rm network_prune network_rm rm rmi system_prune volume_prune volume_rm",
      send: "image_push push",
      execute: "container_exec container_run exec run",
    },
  },
  {
    names: ["npm"],
    source: NPM,
    valued: words("--prefix -C --registry -w --workspace"),
    verbs: {
      read: "diff explain find-dupes help help-search ll ls outdated ping prefix query root search view whoami",
      update: "ci dedupe install install-ci-test install-test link prune rebuild uninstall update",
      delete: "unpublish",
      send: "publish",
      execute: "exec restart run start stop test",
    },
  },
  { names: ["npx"], source: NPM, effect: "execute" },
  {
    names: words(
      "[ arch b2sum base32 base64 basename cat cksum comm cut df dirname du echo expr factor false fmt fold groups head hostid id join logname ls md5sum nl nproc numfmt od paste pinky pr printenv printf pwd readlink realpath seq sha1sum sha224sum sha256sum sha384sum sha512sum sleep stat sum tac tail test tr true tty uname users wc who whoami",
    ),
    source: COREUTILS,
    effect: "read",
  },
  { names: ["date"], source: COREUTILS, effect: "read", unless: /^(?:-[uR]*s|--set)/ },
  { names: ["sort"], source: COREUTILS, effect: "read", unless: /^(?:-(?!-)\S*o|--output|--compress-program)/ },
  { names: words("cp install link ln mkdir mkfifo mknod mktemp touch"), source: COREUTILS, effect: "create" },
  { names: words("chgrp chmod chown dd mv tee truncate"), source: COREUTILS, effect: "update" },
  { names: words("rm rmdir shred unlink"), source: COREUTILS, effect: "delete" },
  {
    names: ["find"],
    source: FINDUTILS,
    effect: "read",
    unless: /^-(?:delete|exec|execdir|ok|okdir|fls|fprint|fprint0|fprintf)$/,
  },
  { names: words("grep egrep fgrep rgrep"), source: GREP, effect: "read" },
  { names: ["rg"], source: RIPGREP, effect: "read", unless: /^--pre\b/ },
  { names: words("free pgrep pmap ps pwdx slabtop tload top uptime w"), source: PROCPS, effect: "read" },
  { names: words("kill pkill skill"), source: PROCPS, effect: "execute" },
  { names: ["which"], source: WHICH, effect: "read" },
  {
    names: ["curl"],
    source: CURL,
    effect: "read",
    reachesOut: true,
    // Several letters may stand behind one dash: `-sX POST`, `-fsSLo file`.
    unless:
      /^-(?!-)\S*[XdFTOoKcDQ]|^--(?:request|data|json|form|upload-file|output|remote-|config|cookie-jar|dump-header|quote|mail-|stderr|trace|libcurl|etag-save|hsts|alt-svc)/,
  },
];
