using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Schema;

/// <summary>The JSON Schema of environment descriptors; the checked-in copy is <c>stacks/environments/environment.schema.json</c>.</summary>
public static class EnvironmentSchema
{
    /// <summary>The schema as indented JSON with a line end.</summary>
    public static string Write() => DescriptorSchema.Write(typeof(EnvironmentDescriptor), "AppStack environment");
}
