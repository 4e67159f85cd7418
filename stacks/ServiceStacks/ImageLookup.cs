using AppStack.Components.Registry;

namespace AppStack.Stacks.Services;

/// <summary>Asks the registry of a service's image for it, before anything changes: nodes would find out one after the other, when the new pods already wait.</summary>
internal static class ImageLookup
{
    /// <summary>Asks.</summary>
    /// <param name="image">The image's reference.</param>
    /// <param name="authorities">Certificates of the authorities of the platform's own registries, by address; others are known by those that this machine trusts.</param>
    /// <param name="warn">Told when nobody could say: a registry that is not reached from here, or that wants a password, may well serve the nodes.</param>
    /// <returns>Whether the registry says that it does not have the image.</returns>
    public static async Task<bool> IsMissingAsync(string image, IReadOnlyDictionary<string, string> authorities, Action<string> warn)
    {
        var name = ImageName.Parse(image);
        using var registry = new RegistryClient(name.Registry, authorities.GetValueOrDefault(name.Registry));
        try
        {
            return await registry.FindAsync(name.Repository, name.Reference, CancellationToken.None) is null;
        }
        catch (RegistryException exception)
        {
            warn($"Whether there is an image '{image}' was not found out. {exception.Message}");
            return false;
        }
    }
}
