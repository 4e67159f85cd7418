namespace Pulumi;

/// <summary>Arguments of a <see cref="StackReference"/>.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>The stack's name: <c>organization/project/stack</c>, or the stack alone for one of the same project.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}
