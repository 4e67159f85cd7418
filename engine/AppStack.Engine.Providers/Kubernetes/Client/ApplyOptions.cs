namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>How an object is applied.</summary>
/// <param name="FieldManager">Who owns the fields from then on.</param>
/// <param name="Force">Whether fields of others are taken over.</param>
/// <param name="DryRun">Whether nothing may happen.</param>
internal sealed record ApplyOptions(string FieldManager, bool Force, bool DryRun)
{
    /// <summary>As a query.</summary>
    public string Query => $"?fieldManager={Uri.EscapeDataString(FieldManager)}&force={(Force ? "true" : "false")}{(DryRun ? "&dryRun=All" : "")}";
}
