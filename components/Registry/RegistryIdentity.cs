namespace AppStack.Components.Registry;

/// <summary>What is secret about a registry.</summary>
/// <param name="PrivateKey">Its key (PEM).</param>
/// <param name="Certificate">Its certificate (PEM).</param>
/// <param name="Password">The password of <see cref="RegistryRenderer.User"/>, who may put images there.</param>
public sealed record RegistryIdentity(string PrivateKey, string Certificate, string Password)
{
    /// <summary>Shows nothing that is secret.</summary>
    public override string ToString() => nameof(RegistryIdentity);
}
