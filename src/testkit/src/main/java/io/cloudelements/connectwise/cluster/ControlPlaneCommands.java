package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines of the components: every flag is here, and nothing else is.
 *
 * @param options what was asked for
 * @param keys tokens and keys on disk
 * @param etcdPort on 127.0.0.1, for the API server
 * @param etcdPeerPort on 127.0.0.1; etcd insists on having one
 * @param apiServer where the API server is to listen
 */
record ControlPlaneCommands(
    ControlPlaneOptions options,
    ClusterKeys keys,
    int etcdPort,
    int etcdPeerPort,
    ApiServerEndpoint apiServer) {

  private static final String ISSUER = "https://kubernetes.default.svc";

  static Path certificates(Path directory) {
    return directory.resolve("tls").resolve("apiserver.crt");
  }

  Path etcdData() {
    return options.directory().resolve("etcd");
  }

  Path auditLog() {
    return options.directory().resolve("log").resolve("audit.log");
  }

  Path controllersKubeconfig() {
    return options.directory().resolve("controller-manager.kubeconfig");
  }

  /** Its data is worth nothing after the run: it need not reach the disk. */
  List<String> etcd() {
    String clients = "http://127.0.0.1:" + etcdPort;
    String peers = "http://127.0.0.1:" + etcdPeerPort;
    return List.of(
        options.binaries().etcd().toString(),
        "--data-dir=" + etcdData(),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        "--log-level=warn");
  }

  /** No endpoint reconciler: it refuses loopback addresses, and nothing runs inside the cluster. */
  List<String> apiServerWords() {
    List<String> words = new ArrayList<>();
    words.add(options.binaries().apiServer().toString());
    words.add("--etcd-servers=http://127.0.0.1:" + etcdPort);
    words.add("--bind-address=127.0.0.1");
    words.add("--advertise-address=127.0.0.1");
    words.add("--secure-port=" + apiServer.port());
    words.add("--cert-dir=" + apiServer.certificates().getParent());
    words.add("--endpoint-reconciler-type=none");
    words.add("--service-cluster-ip-range=10.0.0.0/24");
    // By default a server that is asked to end waits a minute for watches, which never end.
    words.add("--shutdown-watch-termination-grace-period=1s");
    words.add("--authorization-mode=RBAC");
    words.add("--token-auth-file=" + keys.tokenFile());
    words.add("--service-account-issuer=" + ISSUER);
    words.add("--service-account-key-file=" + keys.serviceAccountPublicKey());
    words.add("--service-account-signing-key-file=" + keys.serviceAccountKey());
    options
        .auditPolicy()
        .ifPresent(policy -> {
          words.add("--audit-policy-file=" + policy);
          words.add("--audit-log-path=" + auditLog());
          words.add("--audit-log-mode=blocking");
        });
    words.addAll(options.apiServerArguments());
    return List.copyOf(words);
  }

  List<String> controllerManager() {
    return List.of(
        options.binaries().controllerManager().toString(),
        "--kubeconfig=" + controllersKubeconfig(),
        "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller",
        "--service-account-private-key-file=" + keys.serviceAccountKey(),
        "--leader-elect=false",
        // its usual 20 a second let a thousand orphans take a minute
        "--kube-api-qps=200",
        "--kube-api-burst=200",
        "--secure-port=0");
  }
}
