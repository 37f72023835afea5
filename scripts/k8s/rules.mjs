// What must hold among the objects of one overlay, and of each by itself, that no shape can say.

const hexColon = /@sha256:[0-9a-f]{64}$/;

/** The faults of all the objects of an overlay together, each beginning with the object's kind and name. */
export function ruleFaults(objects) {
  const set = new ObjectSet(objects);
  return [
    ...set.duplicates(),
    ...set.of('Secret').map((each) => fault(each, 'secrets are never in Git')),
    ...set.workloads().flatMap((each) => [...podFaults(each, set), ...referenceFaults(each, set)]),
    ...set.of('Deployment').flatMap((each) => [...deploymentFaults(each, set), ...drainFaults(each, set)]),
    ...set.of('HorizontalPodAutoscaler').flatMap((each) => autoscalerFaults(each, set)),
    ...set.of('Service').flatMap((each) => serviceFaults(each, set)),
    ...set.of('Ingress').flatMap((each) => ingressFaults(each, set)),
    ...set.of('NetworkPolicy').flatMap((each) => policyFaults(each, set)),
    ...set.of('ExternalSecret').flatMap((each) => externalSecretFaults(each, set)),
    ...set.of('Namespace').flatMap(namespaceFaults),
  ];
}

/** The variables that a container gets from ConfigMaps and from its own list; the later goes before the earlier. */
export function environmentOf(container, objects) {
  const maps = (container.envFrom ?? []).map(({ configMapRef }) => configMapRef?.name);
  const values = maps.map((name) => objects.find((each) => each.kind === 'ConfigMap' && each.metadata.name === name));
  const own = (container.env ?? []).map(({ name, value }) => [name, value]);
  return Object.assign({}, ...values.map((each) => each?.data), Object.fromEntries(own));
}

/** The objects that have pods. */
export function workloadsOf(objects) {
  return objects.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
}

class ObjectSet {
  constructor(objects) {
    this.objects = objects;
  }

  of(kind) {
    return this.objects.filter((each) => each.kind === kind);
  }

  has(kind, name) {
    return this.of(kind).some(({ metadata }) => metadata.name === name);
  }

  workloads() {
    return workloadsOf(this.objects);
  }

  /** Names of Secrets that the cluster will have without their being in Git. */
  secretNames() {
    return [...this.of('ExternalSecret').map(({ spec }) => spec.target.name), ...madeByHand.secrets];
  }

  duplicates() {
    const names = this.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`);
  }
}

/** What k8s/README.md tells an operator to make. */
const madeByHand = {
  secrets: ['tabletalk-secrets', 'tabletalk-iam-user'],
  configMaps: ['tabletalk-database-certificates'],
};

function podFaults(workload) {
  const pod = workload.spec.template.spec;
  const security = pod.securityContext ?? {};
  return failed(workload, [
    [pod.nodeSelector?.['kubernetes.io/arch'] === 'arm64', 'the node must be kubernetes.io/arch=arm64'],
    [pod.nodeSelector?.architecture === 'arm', 'the node must be architecture=arm'],
    [security.runAsNonRoot === true && security.runAsUser > 0, 'it must run as a user that is not root'],
    [['RuntimeDefault', 'Localhost'].includes(security.seccompProfile?.type), 'it needs a seccomp profile'],
    [!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'namespaces of the host are not allowed'],
    [!(pod.volumes ?? []).some(({ hostPath }) => hostPath), 'folders of the host are not allowed'],
    [pod.automountServiceAccountToken === false, 'the service does not call Kubernetes: no token of it'],
  ]).concat(pod.containers.flatMap((container) => containerFaults(workload, container)));
}

function containerFaults(workload, { name, image, securityContext = {}, resources = {}, volumeMounts = [], env = [] }) {
  const pod = workload.spec.template.spec;
  const heapMegabytes = Number(/max-old-space-size=(\d+)/.exec(JSON.stringify(env))?.[1] ?? Infinity);
  return failed(workload, [
    [securityContext.allowPrivilegeEscalation === false, `${name}: allowPrivilegeEscalation must be false`],
    [securityContext.readOnlyRootFilesystem === true, `${name}: readOnlyRootFilesystem must be true`],
    [securityContext.capabilities?.drop?.includes('ALL'), `${name}: all capabilities must be dropped`],
    [!securityContext.privileged, `${name}: must not be privileged`],
    [resources.requests?.cpu && resources.requests?.memory, `${name}: needs requests of cpu and memory`],
    [resources.limits?.memory, `${name}: needs a limit of memory`],
    [isFixed(image), `${name}: the image ${image} has no fixed version`],
    [heapMegabytes <= 0.8 * megabytes(resources.limits?.memory), `${name}: the heap must fit into the memory`],
    ...volumeMounts.map((mount) => [
      (pod.volumes ?? []).some((volume) => volume.name === mount.name),
      `${name}: there is no volume ${mount.name}`,
    ]),
  ]);
}

function referenceFaults(workload, set) {
  const pod = workload.spec.template.spec;
  const sources = pod.containers.flatMap(({ envFrom = [] }) => envFrom);
  const maps = [
    ...sources.map(({ configMapRef }) => configMapRef?.name),
    ...(pod.volumes ?? []).map(({ configMap }) => configMap?.name),
  ].filter(Boolean);
  const secrets = sources.map(({ secretRef }) => secretRef?.name).filter(Boolean);
  const claims = (pod.volumes ?? []).map((each) => each.persistentVolumeClaim?.claimName).filter(Boolean);
  return failed(workload, [
    [set.has('ServiceAccount', pod.serviceAccountName), `there is no service account ${pod.serviceAccountName}`],
    ...maps.map((name) => [
      set.has('ConfigMap', name) || madeByHand.configMaps.includes(name),
      `there is no ConfigMap ${name}`,
    ]),
    ...secrets.map((name) => [set.secretNames().includes(name), `there is no Secret ${name}`]),
    ...claims.map((name) => [set.has('PersistentVolumeClaim', name), `there is no volume claim ${name}`]),
    [policiesOf(workload, set).length > 0, 'no NetworkPolicy is for its pods'],
  ]);
}

function deploymentFaults(deployment, set) {
  const { selector, replicas, template } = deployment.spec;
  const { labels } = template.metadata;
  const scaled = set.of('HorizontalPodAutoscaler').find(({ spec }) => isTarget(spec.scaleTargetRef, deployment));
  const budget = set.of('PodDisruptionBudget').find(({ spec }) => matches(spec.selector, labels));
  const spread = template.spec.topologySpreadConstraints ?? [];
  const hasClaim = (template.spec.volumes ?? []).some((each) => each.persistentVolumeClaim);
  return failed(deployment, [
    [matches(selector, labels), 'its selector is not for its own pods'],
    [(replicas === undefined) === (scaled !== undefined), 'either it or an autoscaler says how many pods there are'],
    [budget, 'there is no PodDisruptionBudget for its pods'],
    [!budget || (budget.spec.maxUnavailable ?? 0) >= 1, 'its PodDisruptionBudget would keep nodes from being drained'],
    [spread.every(({ labelSelector }) => matches(labelSelector, labels)), 'it is spread by labels of other pods'],
    [!hasClaim || deployment.spec.strategy?.type === 'Recreate', 'one pod alone may use a volume: strategy Recreate'],
    ...template.spec.containers.flatMap(probeRules),
  ]);
}

function probeRules(container) {
  const kinds = ['startupProbe', 'livenessProbe', 'readinessProbe'];
  return kinds
    .flatMap((kind) => {
      const { httpGet, timeoutSeconds = 1, periodSeconds = 10 } = container[kind] ?? {};
      const port = (container.ports ?? []).find(({ name }) => name === httpGet?.port);
      return [
        [httpGet && port, `${container.name}: ${kind} must ask a port of the container`],
        [timeoutSeconds <= periodSeconds, `${container.name}: ${kind} waits longer than its period`],
      ];
    })
    .concat([
      [
        container.livenessProbe?.httpGet?.path !== container.readinessProbe?.httpGet?.path,
        `${container.name}: a dependency that is down must not restart the pod`,
      ],
    ]);
}

/** Balancers notice, then what runs gets to end, then Kubernetes may lose its patience. */
function drainFaults(deployment, { objects }) {
  const pod = deployment.spec.template.spec;
  const patience = pod.terminationGracePeriodSeconds ?? 30;
  return pod.containers.flatMap((container) => {
    const settings = environmentOf(container, objects);
    const noticing = (container.lifecycle?.preStop?.sleep?.seconds ?? 0) + Number(settings.DRAIN_DELAY_SECONDS ?? 0);
    const ending = Number(settings.SHUTDOWN_GRACE_SECONDS ?? 20);
    return failed(deployment, [
      [noticing >= 10, `${container.name}: balancers need 10 s to notice that it goes; they get ${noticing}`],
      [
        noticing + ending + 10 <= patience,
        `${container.name}: ${noticing} + ${ending} + 10 s are more than ${patience}`,
      ],
      [workersFit(container, settings), `${container.name}: heap and worker processes do not fit into the memory`],
    ]);
  });
}

/** One process more than the setting says may run for other workspaces. Where queries run elsewhere, one judges them. */
function workersFit(container, settings) {
  const heap = Number(/max-old-space-size=(\d+)/.exec(settings.NODE_OPTIONS)?.[1]);
  const ingest = (Number(settings.INGEST_WORKERS) + 1) * Number(settings.INGEST_DATA_LIMIT_MB);
  const queries = settings.PROVIDERS === 'embedded' ? Number(settings.QUERY_WORKERS) + 1 : 1;
  const needed = heap + ingest + queries * Number(settings.QUERY_DATA_LIMIT_MB);
  return needed <= megabytes(container.resources?.limits?.memory);
}

function autoscalerFaults(autoscaler, set) {
  const { scaleTargetRef, minReplicas = 1, maxReplicas } = autoscaler.spec;
  return failed(autoscaler, [
    [set.of('Deployment').some((each) => isTarget(scaleTargetRef, each)), 'there is no such target'],
    [minReplicas >= 2, 'one pod is none while it is replaced'],
    [minReplicas <= maxReplicas, 'minReplicas is above maxReplicas'],
  ]);
}

function serviceFaults(service, set) {
  const target = set
    .of('Deployment')
    .find(({ spec }) => includes(spec.template.metadata.labels, service.spec.selector));
  if (!target) return [fault(service, 'its selector is for no Deployment')];
  const jobs = set.of('Job').filter(({ spec }) => includes(spec.template.metadata.labels, service.spec.selector));
  return failed(service, [
    ...jobs.map((job) => [false, `it would send requests to ${job.metadata.name}`]),
    ...service.spec.ports.map(({ targetPort }) => [portsOf(target).includes(targetPort), `no port ${targetPort}`]),
  ]);
}

function ingressFaults(ingress, set) {
  const backends = ingress.spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service));
  const found = backends.map(({ name, port }) => {
    const service = set.of('Service').find(({ metadata }) => metadata.name === name);
    return [
      service?.spec.ports.some((each) => each.name === port.name || each.port === port.number),
      `there is no service ${name} with that port`,
    ];
  });
  const attributes = ingress.metadata.annotations?.['alb.ingress.kubernetes.io/load-balancer-attributes'] ?? '';
  const idleSeconds = Number(/idle_timeout\.timeout_seconds=(\d+)/.exec(attributes)?.[1] ?? 60);
  return failed(ingress, [
    ...found,
    [idleSeconds > 25, 'a socket is idle for 25 s between pings'],
    [idleSeconds < 72, 'the service closes idle connections after 72 s: the balancer must be sooner'],
  ]);
}

function policyFaults(policy, set) {
  const workload = set.workloads().find((each) => policiesOf(each, set).includes(policy));
  const named = (policy.spec.ingress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port));
  return failed(policy, [
    [workload, 'it is for no pods'],
    [['Ingress', 'Egress'].every((type) => policy.spec.policyTypes?.includes(type)), 'it must rule both directions'],
    ...named.map((port) => [
      set.of('Deployment').some((each) => portsOf(each).includes(port)),
      `no pod has a port ${port}`,
    ]),
  ]);
}

function externalSecretFaults(secret, set) {
  const { kind, name } = secret.spec.secretStoreRef;
  return failed(secret, [[set.has(kind, name), `there is no ${kind} ${name}`]]);
}

function namespaceFaults(namespace) {
  const enforced = namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'];
  return failed(namespace, [[enforced === 'restricted', 'pod-security.kubernetes.io/enforce must be restricted']]);
}

/** The messages of the conditions that do not hold. */
function failed(object, conditions) {
  return conditions.filter(([holds]) => !holds).map(([, message]) => fault(object, message));
}

function fault({ kind, metadata }, message) {
  return `${kind}/${metadata.name}: ${message}`;
}

function policiesOf(workload, set) {
  return set
    .of('NetworkPolicy')
    .filter(({ spec }) => includes(workload.spec.template.metadata.labels, spec.podSelector.matchLabels ?? {}));
}

function portsOf(deployment) {
  return deployment.spec.template.spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ name, containerPort }) => [name, containerPort]),
  );
}

function isTarget({ kind, name }, object) {
  return kind === object.kind && name === object.metadata.name;
}

function matches(selector, labels) {
  const wanted = selector?.matchLabels ?? {};
  return Object.keys(wanted).length > 0 && includes(labels, wanted);
}

function includes(labels, wanted) {
  return Object.entries(wanted).every(([name, value]) => labels?.[name] === value);
}

function isFixed(image) {
  return hexColon.test(image) || (/:[^/:]+$/.test(image) && !image.endsWith(':latest'));
}

function megabytes(quantity) {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity ?? '') ?? [];
  return Number(amount ?? 0) * (unit === 'Gi' ? 1024 : 1);
}
