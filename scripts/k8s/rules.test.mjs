// Each rule notices what it is there for: production's manifests, broken in one way at a time.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canRender, render } from './render.mjs';
import { ruleFaults } from './rules.mjs';
import { shapeFaults } from './schema.mjs';

const original = canRender() ? render('k8s/overlays/production').objects : [];

/** Short ways to the parts that are broken. */
function partsOf(objects) {
  const one = (kind) => objects.find((each) => each.kind === kind);
  const deployment = one('Deployment');
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;
  const defaults = objects.find(({ metadata }) => metadata.name === container.envFrom[0].configMapRef.name);
  return { objects, one, deployment, pod, container, settings: defaults.data };
}

const idleTimeout = 'alb.ingress.kubernetes.io/load-balancer-attributes';

const broken = {
  'another processor': ({ pod }) => delete pod.nodeSelector['kubernetes.io/arch'],
  'nodes of another kind': ({ pod }) => (pod.nodeSelector.architecture = 'x86'),
  'root as user': ({ pod }) => (pod.securityContext.runAsNonRoot = false),
  'no seccomp profile': ({ pod }) => delete pod.securityContext.seccompProfile,
  'the network of the host': ({ pod }) => (pod.hostNetwork = true),
  'a folder of the host': ({ pod }) => pod.volumes.push({ name: 'host', hostPath: { path: '/' } }),
  'a token of Kubernetes': ({ pod }) => delete pod.automountServiceAccountToken,
  'an unknown service account': ({ pod }) => (pod.serviceAccountName = 'other'),
  'spread by other labels': ({ pod }) => (pod.topologySpreadConstraints[0].labelSelector.matchLabels = { a: 'b' }),
  'too little patience': ({ pod }) => (pod.terminationGracePeriodSeconds = 60),
  'more rights': ({ container }) => (container.securityContext.allowPrivilegeEscalation = true),
  'a file system that can be written to': ({ container }) => delete container.securityContext.readOnlyRootFilesystem,
  capabilities: ({ container }) => (container.securityContext.capabilities.drop = []),
  'no request of processors': ({ container }) => delete container.resources.requests.cpu,
  'no limit of memory': ({ container }) => delete container.resources.limits.memory,
  'an image that changes': ({ container }) => (container.image = 'tabletalk:latest'),
  'an image without a version': ({ container }) => (container.image = 'registry:5000/tabletalk'),
  'a heap beyond the memory': ({ container }) =>
    (container.env.find(({ name }) => name === 'NODE_OPTIONS').value = '--max-old-space-size=6000'),
  'a mount without a volume': ({ container }) => container.volumeMounts.push({ name: 'other', mountPath: '/other' }),
  'an unknown ConfigMap': ({ container }) => (container.envFrom[1].configMapRef.name = 'other'),
  'an unknown Secret': ({ container }) => (container.envFrom[2].secretRef.name = 'other'),
  'a probe of no port': ({ container }) => (container.livenessProbe.httpGet.port = 'other'),
  'a probe that outlasts its period': ({ container }) => (container.readinessProbe.timeoutSeconds = 9),
  'restarts for dependencies': ({ container }) => (container.livenessProbe.httpGet.path = '/health/ready'),
  'no time for balancers': ({ container }) => delete container.lifecycle,
  'more grace than patience': ({ settings }) => (settings.SHUTDOWN_GRACE_SECONDS = '120'),
  'workers beyond the memory': ({ settings }) => (settings.INGEST_WORKERS = '3'),
  'a selector of other pods': ({ deployment }) => (deployment.spec.selector.matchLabels.other = 'label'),
  'replicas beside an autoscaler': ({ deployment }) => (deployment.spec.replicas = 2),
  'neither replicas nor autoscaler': ({ objects, one }) =>
    objects.splice(objects.indexOf(one('HorizontalPodAutoscaler')), 1),
  'an autoscaler of nothing': ({ one }) => (one('HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'other'),
  'a single pod': ({ one }) => (one('HorizontalPodAutoscaler').spec.minReplicas = 1),
  'a budget of other pods': ({ one }) => (one('PodDisruptionBudget').spec.selector.matchLabels = { a: 'b' }),
  'a budget that forbids all': ({ one }) => (one('PodDisruptionBudget').spec.maxUnavailable = 0),
  'requests to the migration': ({ one }) => delete one('Service').spec.selector['app.kubernetes.io/component'],
  'a service to no port': ({ one }) => (one('Service').spec.ports[0].targetPort = 'other'),
  'an ingress to no service': ({ one }) => (one('Ingress').spec.rules[0].http.paths[0].backend.service.name = 'other'),
  'a balancer more patient than the service': ({ one }) =>
    (one('Ingress').metadata.annotations[idleTimeout] = 'idle_timeout.timeout_seconds=600'),
  'a policy for no pods': ({ one }) => (one('NetworkPolicy').spec.podSelector.matchLabels = { a: 'b' }),
  'a policy for no port': ({ one }) => (one('NetworkPolicy').spec.ingress[0].ports[0].port = 'other'),
  'a policy of one direction': ({ one }) => (one('NetworkPolicy').spec.policyTypes = ['Ingress']),
  'no store of secrets': ({ one }) => (one('ExternalSecret').spec.secretStoreRef.name = 'other'),
  'a lax namespace': ({ one }) => (one('Namespace').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
  'a secret in Git': ({ objects }) => objects.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'other' } }),
  'the same twice': ({ objects, one }) => objects.push(one('Service')),
};

const misshapen = {
  'a misspelt field': ({ container }) => (container.livnessProbe = container.livenessProbe),
  'text for a number': ({ pod }) => (pod.terminationGracePeriodSeconds = '95'),
  'a number for text': ({ settings }) => (settings.PORT = 8000),
  'an unknown unit': ({ container }) => (container.resources.limits.memory = '6GiB'),
  'an unknown choice': ({ one }) => (one('Service').spec.type = 'Loadbalancer'),
  'an old version': ({ deployment }) => (deployment.apiVersion = 'apps/v1beta1'),
  'a missing field': ({ deployment }) => delete deployment.spec.selector,
};

describe('the check of manifests', { skip: !canRender() }, () => {
  it('finds nothing wrong with production', () => {
    assert.deepEqual([...original.flatMap(shapeFaults), ...ruleFaults(original)], []);
  });

  for (const [name, breakIt] of Object.entries(broken)) {
    it(`notices ${name}`, () => {
      const objects = structuredClone(original);
      breakIt(partsOf(objects));
      assert.notDeepEqual(ruleFaults(objects), []);
    });
  }

  for (const [name, breakIt] of Object.entries(misshapen)) {
    it(`notices ${name}`, () => {
      const objects = structuredClone(original);
      breakIt(partsOf(objects));
      assert.notDeepEqual(objects.flatMap(shapeFaults), []);
    });
  }
});
