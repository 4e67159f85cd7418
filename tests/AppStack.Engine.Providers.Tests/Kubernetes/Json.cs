using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>Objects written as JSON.</summary>
internal static class Json
{
    public static PropertyMap Map(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ManifestJson.ReadObject(document.RootElement);
    }
}
