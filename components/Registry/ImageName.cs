namespace AppStack.Components.Registry;

/// <summary>The parts of an image's reference, read as containerd reads it.</summary>
/// <param name="Registry">Who is asked for it: <c>ADDRESS</c> or <c>ADDRESS:PORT</c>.</param>
/// <param name="Repository">Its name there, without tag.</param>
/// <param name="Reference">Its digest where the reference has one, its tag else.</param>
public sealed record ImageName(string Registry, string Repository, string Reference)
{
    // Where images are whose name begins with no registry (github.com/distribution/reference, normalize.go), and who answers for it.
    private const string DockerHub = "docker.io";
    private const string DockerHubApi = "registry-1.docker.io";

    /// <summary>Reads a reference that has a tag or a digest: <c>registry/name:tag</c>, <c>registry/name@sha256:digest</c>.</summary>
    /// <param name="image">The reference.</param>
    /// <exception cref="FormatException">It has neither.</exception>
    public static ImageName Parse(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (name, digest) = Cut(image, image.IndexOf('@', StringComparison.Ordinal));
        var colon = name.LastIndexOf(':');
        var (repository, tag) = Cut(name, colon > name.LastIndexOf('/') ? colon : -1);
        var (first, rest) = Cut(repository, repository.IndexOf('/', StringComparison.Ordinal));
        var named = rest is not null && (first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0);
        var (registry, path) = named ? (first, rest!) : (DockerHub, repository);
        return new(
            registry == DockerHub ? DockerHubApi : registry,
            registry == DockerHub && !path.Contains('/', StringComparison.Ordinal) ? $"library/{path}" : path,
            digest ?? tag ?? throw new FormatException($"'{image}' has neither a tag nor a digest"));
    }

    private static (string Before, string? After) Cut(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
