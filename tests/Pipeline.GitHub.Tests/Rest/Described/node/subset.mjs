// Writes description.json: the operations that the client uses, and those that docs/github.md has gh use, out of GitHub's OpenAPI description of all.
import { readFileSync, writeFileSync } from "node:fs";

const used = {
  "/repos/{owner}/{repo}/deployments": ["get", "post"],
  "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses": ["get", "post"],
  "/repos/{owner}/{repo}/environments": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}": ["get", "put"],
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies": ["get", "post"],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}": ["put"],
  "/repos/{owner}/{repo}/environments/{environment_name}/variables": ["get"],
  "/repos/{owner}/{repo}/actions/secrets": ["get"],
  "/repos/{owner}/{repo}/actions/organization-secrets": ["get"],
  "/repos/{owner}/{repo}/actions/variables": ["get"],
  "/repos/{owner}/{repo}/actions/organization-variables": ["get"],
  "/repos/{owner}/{repo}/actions/permissions": ["get", "put"],
  "/repos/{owner}/{repo}/actions/permissions/selected-actions": ["put"],
  "/repos/{owner}/{repo}/actions/permissions/workflow": ["get", "put"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments": ["get", "post"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts": ["get"],
  "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}": ["get", "delete"],
  "/repos/{owner}/{repo}/check-runs": ["post"],
  "/repos/{owner}/{repo}/check-runs/{check_run_id}": ["patch"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch"],
  "/repos/{owner}/{repo}/releases": ["get", "post"],
  "/repos/{owner}/{repo}/releases/tags/{tag}": ["get"],
  "/repos/{owner}/{repo}/attestations": ["post"],
  "/repos/{owner}/{repo}/attestations/{subject_digest}": ["get"],
  "/repos/{owner}/{repo}/installation": ["get"],
  "/users/{username}": ["get"],
  "/app/installations/{installation_id}/access_tokens": ["post"],
};
const whole = JSON.parse(readFileSync("node_modules/@octokit/openapi/generated/api.github.com.deref.json", "utf8"));
const paths = Object.fromEntries(Object.entries(used).map(([path, methods]) => {
  const found = whole.paths[path];
  if (!found) throw new Error(`GitHub's description knows no ${path}`);
  return [path, Object.fromEntries(methods.map(method => {
    if (!found[method]) throw new Error(`GitHub's description knows no ${method} ${path}`);
    return [method, found[method]];
  }))];
}));
writeFileSync("description.json", JSON.stringify({ openapi: whole.openapi, info: whole.info, servers: whole.servers, paths }));
