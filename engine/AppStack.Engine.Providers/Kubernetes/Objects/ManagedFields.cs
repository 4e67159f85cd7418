using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>Who owns which fields of a live object.</summary>
internal static class ManagedFields
{
    /// <summary>Whether a manager owns a field, or something in it.</summary>
    public static bool Owns(PropertyMap live, string manager, IReadOnlyList<string> path) =>
        live.MapsAt("metadata", "managedFields").Any(entry => entry.TextAt("manager") == manager && Has(entry, path));

    /// <summary>Whether anybody else owns it.</summary>
    public static bool OthersOwn(PropertyMap live, string manager, IReadOnlyList<string> path) =>
        live.MapsAt("metadata", "managedFields").Any(entry => entry.TextAt("manager") != manager && Has(entry, path));

    private static bool Has(PropertyMap entry, IReadOnlyList<string> path)
    {
        var fields = entry.MapAt("fieldsV1");
        foreach (var name in path)
        {
            if (fields.Find("f:" + name) is not PropertyValue.Map inner)
            {
                return false;
            }

            fields = inner.Members;
        }

        return true;
    }
}
