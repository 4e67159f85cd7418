using System.Text;
using AppStack.Engine.Providers.Kubernetes.Access;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class KubeconfigReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-kubeconfig-").FullName;
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Certificates_are_read_from_data()
    {
        var (certificate, key) = _authority.Issue("127.0.0.1");

        var access = KubeconfigReader.Read(Kubeconfig($"client-certificate-data: {Base64(certificate)}", $"client-key-data: {Base64(key)}"), context: null, cluster: null);

        Assert.Equal((new Uri("https://10.0.0.1:6443/"), "apps"), (access.Server, access.Namespace));
        Assert.Equal((_authority.Certificate, certificate, key), (access.Authorities, access.Certificate, access.Key));
    }

    [Fact]
    public void A_path_is_read_with_the_files_beside_it()
    {
        var (certificate, key) = _authority.Issue("127.0.0.1");
        File.WriteAllText(Path.Combine(_folder, "admin.crt"), certificate);
        File.WriteAllText(Path.Combine(_folder, "admin.key"), key);
        File.WriteAllText(Path.Combine(_folder, "config"), Kubeconfig("client-certificate: admin.crt", "client-key: admin.key"));

        Assert.Equal(key, KubeconfigReader.Read(Path.Combine(_folder, "config"), context: null, cluster: null).Key);
    }

    [Fact]
    public void Json_is_read_as_well()
    {
        const string json = """{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"https://k:6443"}}],"users":[{"name":"u","user":{"token":"t"}}]}""";

        Assert.Equal(("t", "default"), (KubeconfigReader.Read(json, context: null, cluster: null).Token, KubeconfigReader.Read(json, context: null, cluster: null).Namespace));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_without_a_secret()
    {
        var problems = Problems(
            """
            current-context: a
            contexts: [{ name: a, context: { cluster: c, user: u } }]
            clusters: [{ name: c, cluster: { server: "ftp://k", insecure-skip-tls-verify: true } }]
            users: [{ name: u, user: { exec: { command: aws }, client-key-data: c2VjcmV0LXRleHQ= } }]
            """);

        Assert.Contains(problems, problem => problem.StartsWith("clusters.c.insecure-skip-tls-verify: anybody could answer", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("clusters.c.server: must be an address", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("users.u.exec: programs that fetch credentials are not run", StringComparison.Ordinal));
        Assert.Contains("users.u.client-key: is no private key in PEM", problems);
        Assert.DoesNotContain(problems, problem => problem.Contains("c2VjcmV0", StringComparison.Ordinal) || problem.Contains("secret-text", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("other", "contexts: there is no 'other'; there are: gov")]
    [InlineData(null, "users.admin: has neither a client certificate nor a token")]
    public void What_is_missing_is_named(string? context, string expected)
    {
        var exception = Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read(Kubeconfig("colour: red"), context, cluster: null));

        Assert.Contains(expected, exception.Problems);
    }

    [Theory]
    [InlineData("a: [\nb: token-text")]
    [InlineData("token-text\n")]
    public void What_is_no_kubeconfig_is_not_repeated(string text) =>
        Assert.DoesNotContain("token-text", Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read(text, context: null, cluster: null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_no_mistake_yet() =>
        Assert.True(Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read(Path.Combine(_folder, "none"), context: null, cluster: null)).IsMissing);

    private static IReadOnlyList<string> Problems(string text) => Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read(text, context: null, cluster: null)).Problems;

    private string Kubeconfig(params string[] user) => $"""
        current-context: gov
        contexts:
        - name: gov
          context: {"{ cluster: gov, user: admin, namespace: apps }"}
        clusters:
        - name: gov
          cluster:
            server: https://10.0.0.1:6443
            certificate-authority-data: {Base64(_authority.Certificate)}
        users:
        - name: admin
          user:
            {string.Join("\n    ", user)}
        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
