using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Providers.Kubernetes.Access;

/// <summary>Reads a kubeconfig (YAML, of which JSON is a part). Ways of access that would run programs or trust anybody are refused.</summary>
internal static class KubeconfigReader
{
    private static readonly (string Name, string Instead)[] RefusedForUsers =
    [
        ("exec", "programs that fetch credentials are not run; give a token or a client certificate"),
        ("auth-provider", "give a token or a client certificate"),
        ("username", "passwords are not accepted by API servers since 1.19; give a token or a client certificate"),
        ("as", "impersonation is not supported; use credentials of that user"),
    ];

    private static readonly (string Name, string Instead)[] RefusedForClusters =
    [
        ("insecure-skip-tls-verify", "anybody could answer in the API server's place; give certificate-authority-data"),
        ("proxy-url", "proxies are not supported; make the API server reachable"),
    ];

    /// <summary>Reads what an input says: the content of a kubeconfig, or the path of its file.</summary>
    /// <param name="pathOrContent">The input; <see langword="null"/> for $KUBECONFIG, else ~/.kube/config.</param>
    /// <param name="context">The context; <see langword="null"/> for the file's current one.</param>
    /// <param name="cluster">The cluster's name, where it is not that of the context.</param>
    /// <param name="folder">Where relative paths start; the process's own directory by default.</param>
    /// <exception cref="KubeconfigException">It is missing, or cannot be used.</exception>
    public static ClusterAccess Read(string? pathOrContent, string? context, string? cluster, string folder = "")
    {
        folder = Path.GetFullPath(folder.Length > 0 ? folder : ".");
        if (pathOrContent is { Length: > 0 } && IsContent(pathOrContent))
        {
            return Parse(pathOrContent, folder, context, cluster);
        }

        var path = PathOf(pathOrContent is { Length: > 0 } ? pathOrContent : DefaultPath(), folder);
        try
        {
            return Parse(File.ReadAllText(path), Path.GetDirectoryName(path)!, context, cluster);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KubeconfigException([$"there is no kubeconfig: the file {path} does not exist"]) { IsMissing = true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException([$"the kubeconfig {path} cannot be read: {exception.Message}"]);
        }
    }

    /// <summary>The file that an input names: <c>~/</c> is the home directory, relative paths start in a folder.</summary>
    public static string PathOf(string path, string folder) => Path.Combine(
        Path.GetFullPath(folder.Length > 0 ? folder : "."),
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]) : path);

    /// <summary>Whether a text is a kubeconfig itself, and not the path of one.</summary>
    public static bool IsContent(string text) => text.Contains('\n') || text.TrimStart().StartsWith('{');

    private static string DefaultPath() =>
        Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } path
            ? path
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");

    private static ClusterAccess Parse(string content, string folder, string? contextName, string? clusterName)
    {
        var problems = new List<string>();
        var root = Root(content);
        contextName ??= Text(root, "current-context");
        if (contextName is not { Length: > 0 })
        {
            throw new KubeconfigException([$"it has no current-context, and the provider names none; its contexts are: {Names(root, "contexts")}"]);
        }

        var context = Entry(root, "contexts", "context", contextName, problems);
        clusterName ??= Text(context, "cluster") ?? "";
        var cluster = Entry(root, "clusters", "cluster", clusterName, problems);
        var userName = Text(context, "user") ?? "";
        var user = Entry(root, "users", "user", userName, problems);
        Refuse(cluster, RefusedForClusters, $"clusters.{clusterName}", problems);
        Refuse(user, RefusedForUsers, $"users.{userName}", problems);
        var server = Server(cluster, clusterName, problems);
        var access = new ClusterAccess
        {
            Context = contextName,
            Cluster = clusterName,
            Server = server ?? new Uri("https://invalid/"),
            ServerName = Text(cluster, "tls-server-name"),
            Authorities = Pem(cluster, "certificate-authority", folder, $"clusters.{clusterName}", problems),
            Certificate = Pem(user, "client-certificate", folder, $"users.{userName}", problems),
            Key = Pem(user, "client-key", folder, $"users.{userName}", problems),
            Token = Text(user, "token"),
            TokenFile = Text(user, "tokenFile") is { Length: > 0 } file ? Path.Combine(folder, file) : null,
            Namespace = Text(context, "namespace") is { Length: > 0 } space ? space : "default",
        };
        Validate(access, userName, user, problems);
        return problems.Count == 0 ? access : throw new KubeconfigException([.. problems]);
    }

    private static YamlMappingNode Root(string content)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(content));
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? root
                : throw new KubeconfigException(["it is not a kubeconfig: it must be a mapping with clusters, users and contexts"]);
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            // The message would quote the text, which holds secrets.
            var where = exception is YamlException { Start: var start } ? $": line {start.Line}, column {start.Column}" : "";
            throw new KubeconfigException([$"it is no YAML{where}"]);
        }
    }

    private static void Validate(ClusterAccess access, string userName, YamlMappingNode? user, List<string> problems)
    {
        if (access.Certificate is null != access.Key is null)
        {
            problems.Add($"users.{userName}: a client certificate and its key belong together; {(access.Key is null ? "client-key-data" : "client-certificate-data")} is missing");
        }
        else if (user is not null && access.Certificate is null && access.Token is null && access.TokenFile is null)
        {
            problems.Add($"users.{userName}: has neither a client certificate nor a token");
        }

        if (access.Server is { Scheme: "http", IsLoopback: false })
        {
            problems.Add($"clusters.{access.Cluster}.server: {access.Server} is not encrypted; only https is used beyond this machine");
        }
    }

    private static Uri? Server(YamlMappingNode? cluster, string name, List<string> problems)
    {
        if (cluster is null)
        {
            return null;
        }

        if (Uri.TryCreate(Text(cluster, "server"), UriKind.Absolute, out var server) && server.Scheme is "https" or "http")
        {
            return new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        }

        problems.Add($"clusters.{name}.server: must be an address such as https://10.0.0.1:6443");
        return null;
    }

    private static YamlMappingNode? Entry(YamlMappingNode root, string list, string member, string name, List<string> problems)
    {
        foreach (var entry in Entries(root, list))
        {
            if (Text(entry, "name") == name && Find(entry, member) is YamlMappingNode found)
            {
                return found;
            }
        }

        if (name.Length > 0 || problems.Count == 0)
        {
            problems.Add($"{list}: there is no '{name}'; there are: {Names(root, list)}");
        }

        return null;
    }

    private static void Refuse(YamlMappingNode? node, (string Name, string Instead)[] refused, string where, List<string> problems)
    {
        foreach (var (name, instead) in refused)
        {
            if (node is not null && Find(node, name) is { } value && value is not YamlScalarNode { Value: null or "" or "false" or "null" })
            {
                problems.Add($"{where}.{name}: {instead}");
            }
        }
    }

    private static string? Pem(YamlMappingNode? node, string name, string folder, string where, List<string> problems)
    {
        var pem = Read(node, name, folder, where, problems);
        if (pem is null)
        {
            return null;
        }

        try
        {
            if (name == "client-key")
            {
                using var key = KeyOf(pem);
            }
            else
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPem(pem);
                if (certificates.Count == 0)
                {
                    problems.Add($"{where}.{name}: holds no certificate");
                    return null;
                }
            }

            return pem;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            problems.Add($"{where}.{name}: is no {(name == "client-key" ? "private key" : "certificate")} in PEM");
            return null;
        }
    }

    private static AsymmetricAlgorithm KeyOf(string pem)
    {
        if (pem.Contains("BEGIN EC", StringComparison.Ordinal))
        {
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return curve;
        }

        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch (CryptographicException)
        {
            // A PKCS#8 key does not say in its label what it is.
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return curve;
        }
    }

    private static string? Read(YamlMappingNode? node, string name, string folder, string where, List<string> problems)
    {
        if (Text(node, name + "-data") is { Length: > 0 } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data.Trim()));
            }
            catch (FormatException)
            {
                problems.Add($"{where}.{name}-data: is no Base64");
                return null;
            }
        }

        if (Text(node, name) is not { Length: > 0 } file)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{where}.{name}: {exception.Message}");
            return null;
        }
    }

    private static IEnumerable<YamlMappingNode> Entries(YamlMappingNode root, string list) =>
        Find(root, list) is YamlSequenceNode entries ? entries.Children.OfType<YamlMappingNode>() : [];

    private static string Names(YamlMappingNode root, string list) =>
        string.Join(", ", Entries(root, list).Select(entry => Text(entry, "name"))) is { Length: > 0 } names ? names : "none";

    private static YamlNode? Find(YamlMappingNode mapping, string name) =>
        mapping.Children.FirstOrDefault(member => member.Key is YamlScalarNode key && key.Value == name).Value;

    private static string? Text(YamlMappingNode? mapping, string name) => mapping is null ? null : (Find(mapping, name) as YamlScalarNode)?.Value;
}
