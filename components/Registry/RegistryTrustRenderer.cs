using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Registry;

/// <summary>Renders what a node gets whose container runtime fetches images from registries: whom it trusts. containerd reads it at each pull.</summary>
public static class RegistryTrustRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "registry-trust";

    /// <summary>Where containerd looks for what it must know of registries (<c>config_path</c>, https://github.com/containerd/containerd/blob/main/docs/hosts.md).</summary>
    public const string Folder = "/etc/containerd/certs.d";

    /// <summary>The bundle.</summary>
    /// <param name="spec">The registry.</param>
    /// <param name="authority">Certificate (PEM) of the authority that signed the registry's.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(RegistrySpec spec, string authority)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var folder = $"{Folder}/{spec.Authority}";
        return new Bundle
        {
            Role = Role,
            Directories = [new(Folder), new(folder)],
            Files =
            [
                new() { Path = $"{folder}/ca.crt", Content = authority },
                new()
                {
                    Path = $"{folder}/hosts.toml",
                    Content = $"""
                        # Written by AppStack: changes are overwritten.
                        server = "https://{spec.Authority}"

                        [host."https://{spec.Authority}"]
                          capabilities = ["pull", "resolve"]
                          ca = "{folder}/ca.crt"

                        """,
                },
            ],
        };
    }
}
