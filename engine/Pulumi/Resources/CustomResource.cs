namespace Pulumi;

/// <summary>A resource that a provider manages.</summary>
public class CustomResource : Resource
{
    /// <summary>Registers a resource.</summary>
    /// <param name="type">Its type token, <c>package:module:Type</c>.</param>
    /// <param name="name">Its name, unique among the stack's resources of its type and parent type.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException"><paramref name="type"/> or <paramref name="name"/> is empty.</exception>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions())
    {
    }

    private protected CustomResource(string type, string name)
        : base(type, name)
    {
    }

    /// <summary>The id that the provider gave the resource; unknown while the resource does not exist.</summary>
    [Output("id")]
    public Output<string> Id { get; private protected set; } = null!;
}
